package app

import (
	"context"
	"net/url"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/sheet"
	"hotline1022/internal/journal"
	"hotline1022/internal/ticket"
	"hotline1022/internal/web"
)

// handovers is the hand-over sheets behind their links: a fold over the journal.
type handovers struct {
	*sheet.Book
	journal *journal.Journal
	pages   func() string
}

var _ web.Handovers = (*handovers)(nil)

// newHandovers reads what is on disk. To be called before the journal starts.
func (a *App) newHandovers() (*handovers, error) {
	h := &handovers{Book: sheet.NewBook(a.sheetNames), journal: a.journal, pages: func() string { return a.plan.Load().Pages }}
	err := a.journal.Replay(time.Now().Add(-sheet.Lasts), func(e call.Event) error {
		h.Apply(e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.journal.Subscribe(func(events []call.Event) { h.Apply(events...) })
	return h, nil
}

// sheetNames is how sheets call things.
func (a *App) sheetNames() sheet.Names {
	plan := *a.plan.Load()
	of := sheet.Names{
		Names:  ticket.Names{Fields: a.opts.Config.Fields, Node: history{a}.node},
		Agency: sheet.Agency{Host: "localhost", Name: plan.Agency}, Plan: plan,
	}
	if at, err := url.Parse(plan.Pages); err == nil && at.Host != "" {
		of.Agency.Host = at.Host
	}
	return of
}

// Link makes a link to the sheet of a call that is handed over to a service, and gives its
// address. It is for nobody but that service's command centre.
func (h *handovers) Link(id call.ID, service call.Service) string {
	fact, token := sheet.Issue(service, id, time.Now())
	h.journal.Append(id, fact)
	return h.pages() + "/phieu/" + token
}

// Acknowledge notes that whoever has the link has taken note of the sheet.
func (h *handovers) Acknowledge(_ context.Context, link sheet.Link) {
	if h.Book.Acknowledge(link, time.Now()) {
		h.journal.Append(link.Call, call.SheetAcknowledged{Service: link.Service})
	}
}

// HandoverLink makes a link to a call's hand-over sheet.
func (a *App) HandoverLink(id call.ID, service call.Service) string {
	return a.sheets.Link(id, service)
}
