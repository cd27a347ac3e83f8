package sheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"
)

// unknownType is for what the common registry of incidents has no word for.
const unknownType = "UNKNOWN"

// EIDO is the sheet in JSON (NENA-STA-021.1). The place is in it as PIDF-LO by value.
func (s Sheet) EIDO() ([]byte, error) {
	doc := eido{
		component: s.component(s.urn("incidentid"), s.Updated), Version: "1.0", Issuer: s.Agency.Host,
		Incident: s.incident(), Notes: s.notes(),
		People:  []personInfo{s.person()},
		Context: vocabulary{"./JSON-LD_Contexts/EmergencyIncidentDataObjectType.jsonld"},
	}
	if number := s.callback(); number != "" {
		doc.Callbacks = []callbackInfo{{s.component(s.local("callback"), s.Arrived), []string{"tel:" + number}}}
	}
	if s.Agent.ID != "" {
		doc.Agents = []agentInfo{{s.component(s.agentID(), s.Arrived), []string{"Call Taking"}, ref{s.Agency.Host}}}
	}
	for i, m := range s.Media {
		doc.Additional = append(doc.Additional, additionalInfo{s.component(s.local(fmt.Sprintf("media-%d", i+1)), s.Updated), m.URL})
	}
	place, ok, err := s.PIDFLO()
	if err != nil {
		return nil, err
	}
	if ok {
		doc.Locations = []locationInfo{{s.component(s.local("place"), s.Updated), "CurrentIncident", string(place), s.Place.Said}}
	}
	agency, err := s.agency()
	if err != nil {
		return nil, err
	}
	doc.Agencies = []agencyInfo{agency}
	doc.Calls = []callInfo{s.callInfo(doc)}
	return written(doc, "  ")
}

// written is JSON that people can read too: nothing is escaped for HTML's sake.
func written(v any, indent string) ([]byte, error) {
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	to.SetIndent("", indent)
	if err := to.Encode(v); err != nil {
		return nil, fmt.Errorf("writing the EIDO: %w", err)
	}
	return text.Bytes(), nil
}

// urn is an identifier of a kind that is unique in the world (NENA-STA-010.3 §2.1.6).
func (s Sheet) urn(kind string) string {
	return "urn:emergency:uid:" + kind + ":" + string(s.Call) + ":" + s.Agency.Host
}

// local is an identifier within the document.
func (s Sheet) local(what string) string { return string(s.Call) + ":" + what }

func (s Sheet) agentID() string { return string(s.Agent.ID) + "@" + s.Agency.Host }

func (s Sheet) component(id string, at time.Time) component {
	c := component{ID: id, Updated: stamp(at), Agency: &ref{s.Agency.Host}}
	if s.Agent.ID != "" {
		c.Agent = &ref{s.agentID()}
	}
	return c
}

func (s Sheet) incident() incident {
	i := incident{
		component: s.component(s.local("incident"), s.Updated), Type: s.Category.Code, Internal: s.Category.Vi, Number: s.Ticket,
		People: []ref{{s.local("caller")}},
	}
	if i.Type == "" {
		i.Type = unknownType
	}
	if i.Internal == "" {
		i.Internal = s.Service.Vi
	}
	if s.Place.known() {
		i.Places = []ref{{s.local("place")}}
	}
	for n := range s.notes() {
		i.Notes = append(i.Notes, ref{s.local(fmt.Sprintf("note-%d", n+1))})
	}
	return i
}

func (s Sheet) agency() (agencyInfo, error) {
	a := agencyInfo{
		component: s.component(s.Agency.Host, s.Arrived), Roles: []string{"CallReceiving"}, Owns: true, Types: []string{"psap"},
	}
	if s.Agency.Name == "" {
		return a, nil
	}
	card := []any{"vcard", []any{[]any{"version", map[string]string{}, "text", "4.0"}, []any{"fn", map[string]string{}, "text", s.Agency.Name}}}
	text, err := written(card, "")
	a.JCard = strings.TrimSpace(string(text))
	return a, err
}

func (s Sheet) person() personInfo {
	p := personInfo{
		component: s.component(s.local("caller"), s.Arrived), Roles: []string{"Caller"}, Calls: []string{s.urn("callid")},
	}
	if s.callback() != "" {
		p.Callback = &ref{s.local("callback")}
	}
	return p
}

// notes is who calls, what agents wrote, and then the timeline as one more note.
func (s Sheet) notes() []noteInfo {
	var notes []noteInfo
	add := func(at time.Time, by, text string) {
		n := noteInfo{component: s.component(s.local(fmt.Sprintf("note-%d", len(notes)+1)), at), Text: text}
		if by != "" {
			n.By = &ref{by + "@" + s.Agency.Host}
		}
		notes = append(notes, n)
	}
	if s.Name != "" {
		add(s.Arrived, "", "<p>Người gọi / caller: "+html.EscapeString(s.Name)+"</p>")
	}
	for _, n := range s.Notes {
		add(n.At, string(n.Agent), "<p>"+html.EscapeString(n.Text)+"</p>")
	}
	if len(s.Timeline) > 0 {
		text := "<ol>"
		for _, e := range s.Timeline {
			text += "<li>" + stamp(e.At) + " " + html.EscapeString(e.Vi) + " / " + html.EscapeString(e.En) + "</li>"
		}
		add(s.Updated, "", text+"</ol>")
	}
	return notes
}

func (s Sheet) callInfo(doc eido) callInfo {
	c := callInfo{
		component: s.component(s.urn("callid"), s.Updated), Type: "emergency", Direction: "incoming", Began: stamp(s.Arrived),
		State: "callBegin", People: []ref{{s.local("caller")}},
	}
	if !s.Answered.IsZero() {
		c.Answered, c.State = stamp(s.Answered), "callAnswered"
	}
	if len(doc.Callbacks) > 0 {
		c.Callback = &ref{doc.Callbacks[0].ID}
	}
	if len(doc.Agents) > 0 {
		c.Agents = []ref{{doc.Agents[0].ID}}
	}
	if len(doc.Locations) > 0 {
		c.Places = []ref{{doc.Locations[0].ID}}
	}
	for _, a := range doc.Additional {
		c.Additional = append(c.Additional, ref{a.ID})
	}
	return c
}
