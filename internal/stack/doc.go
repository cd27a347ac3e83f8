// Package stack is the embedded default: it runs Asterisk, Postgres and Redis as
// children of this process, under one folder, with secrets made once.
//
// A child that ends is started again. Children end with us (PR_SET_PDEATHSIG), but for
// Asterisk when we are killed: calls go on, and the next start takes it over. Two processes
// never share a folder: it is locked.
package stack
