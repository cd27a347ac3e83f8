package sheet

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"time"
)

// kept is how long a receiver may keep the place (RFC 4119 §2.2.2).
const kept = 24 * time.Hour

// Names are written with their prefixes, which the root declares: receivers of PIDF-LO are
// used to these.
type (
	presence struct {
		XMLName xml.Name `xml:"presence"`
		NS      string   `xml:"xmlns,attr"`
		GP      string   `xml:"xmlns:gp,attr"`
		GBP     string   `xml:"xmlns:gbp,attr"`
		DM      string   `xml:"xmlns:dm,attr"`
		GML     string   `xml:"xmlns:gml,attr"`
		GS      string   `xml:"xmlns:gs,attr"`
		CA      string   `xml:"xmlns:ca,attr"`
		Entity  string   `xml:"entity,attr"`
		Devices []device `xml:"dm:device"`
	}
	device struct {
		ID      string  `xml:"id,attr"`
		Geopriv geopriv `xml:"gp:geopriv"`
		At      string  `xml:"dm:timestamp"`
	}
	geopriv struct {
		Info   info   `xml:"gp:location-info"`
		Rules  rules  `xml:"gp:usage-rules"`
		Method string `xml:"gp:method"`
	}
	info struct {
		Point  *point  `xml:"gml:Point"`
		Circle *circle `xml:"gs:Circle"`
		Civic  *civic  `xml:"ca:civicAddress"`
	}
	point struct {
		SRS string `xml:"srsName,attr"`
		Pos string `xml:"gml:pos"`
	}
	circle struct {
		SRS    string `xml:"srsName,attr"`
		Pos    string `xml:"gml:pos"`
		Radius radius `xml:"gs:radius"`
	}
	radius struct {
		Unit   string `xml:"uom,attr"`
		Metres string `xml:",chardata"`
	}
	civic struct {
		Country  string `xml:"ca:country"`
		Province string `xml:"ca:A1,omitempty"`
		Commune  string `xml:"ca:A3,omitempty"`
		Road     string `xml:"ca:RD,omitempty"`
		House    string `xml:"ca:HNO,omitempty"`
		Landmark string `xml:"ca:LMK,omitempty"`
		Said     string `xml:"ca:LOC,omitempty"`
	}
	rules struct {
		Retransmit bool   `xml:"gbp:retransmission-allowed"`
		Expiry     string `xml:"gbp:retention-expiry"`
	}
)

// wgs84 is WGS 84 in two dimensions (RFC 5491 §5).
const wgs84 = "urn:ogc:def:crs:EPSG::4326"

// PIDFLO is the place as RFC 4119 has it; false when nothing is known of it. A position
// and an address are two statements of one place, the position first (RFC 5491 §3).
func (s Sheet) PIDFLO() ([]byte, bool, error) {
	p := s.Place
	if !p.known() {
		return nil, false, nil
	}
	doc := presence{
		NS: "urn:ietf:params:xml:ns:pidf", GP: "urn:ietf:params:xml:ns:pidf:geopriv10",
		GBP: "urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy", DM: "urn:ietf:params:xml:ns:pidf:data-model",
		GML: "http://www.opengis.net/gml", GS: "http://www.opengis.net/pidflo/1.0",
		CA: "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr", Entity: "pres:" + string(s.Call) + "@" + s.Agency.Host,
	}
	if p.Located {
		doc.Devices = append(doc.Devices, s.device("position", p.position(), p.method(), p.At))
	}
	if c := p.civic(); c != nil {
		doc.Devices = append(doc.Devices, s.device("address", info{Civic: c}, "Manual", s.Updated))
	}
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, false, fmt.Errorf("writing the place: %w", err)
	}
	return append([]byte(xml.Header), append(text, '\n')...), true, nil
}

func (s Sheet) device(id string, i info, method string, at time.Time) device {
	return device{
		ID: id, At: stamp(at),
		Geopriv: geopriv{Info: i, Rules: rules{Retransmit: true, Expiry: stamp(s.Updated.Add(kept))}, Method: method},
	}
}

// position is a circle when it is known how exact it is (RFC 5491 §5.2.3), a point
// otherwise.
func (p Place) position() info {
	pos := strconv.FormatFloat(p.Lat, 'f', 6, 64) + " " + strconv.FormatFloat(p.Lon, 'f', 6, 64)
	if p.Accuracy <= 0 {
		return info{Point: &point{SRS: wgs84, Pos: pos}}
	}
	metres := strconv.FormatFloat(p.Accuracy, 'f', 0, 64)
	return info{Circle: &circle{SRS: wgs84, Pos: pos, Radius: radius{Unit: "urn:ogc:def:uom:EPSG::9001", Metres: metres}}}
}

// method is the registry's token (IANA, Method Tokens).
func (p Place) method() string {
	switch p.Source {
	case Browser, SMSLink:
		return "Device-Based"
	case Spoken:
	}
	return "Manual"
}

func (p Place) civic() *civic {
	c := civic{Country: "VN", Province: p.Province, Commune: p.Commune, Road: p.Road, House: p.House, Landmark: p.Landmark, Said: p.Said}
	if c == (civic{Country: "VN"}) {
		return nil
	}
	return &c
}

// stamp is a time as both formats have it (RFC 3339), in UTC with milliseconds.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
