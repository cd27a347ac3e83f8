// Package stack is the embedded default: it runs Asterisk, Postgres and Redis as
// children of this process, under one folder, with secrets made once.
//
// A child that ends is started again. Children end with us, however we end
// (PR_SET_PDEATHSIG). Two processes never share a folder: it is locked.
package stack
