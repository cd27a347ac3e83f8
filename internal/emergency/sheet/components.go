package sheet

// The components of NENA-STA-021.1 that a hand-over fills. Each has an id, and others
// point at it.
type (
	eido struct {
		component
		Version    string           `json:"eidoVersion"`
		Issuer     string           `json:"issuingElementIdentification"`
		Incident   incident         `json:"incidentComponent"`
		Calls      []callInfo       `json:"callComponent"`
		Callbacks  []callbackInfo   `json:"callbackComponent,omitempty"`
		Agencies   []agencyInfo     `json:"agencyComponent"`
		Agents     []agentInfo      `json:"agentComponent,omitempty"`
		Notes      []noteInfo       `json:"notesComponent,omitempty"`
		Additional []additionalInfo `json:"additionalDataComponent,omitempty"`
		Locations  []locationInfo   `json:"locationComponent,omitempty"`
		People     []personInfo     `json:"personComponent"`
		Context    vocabulary       `json:"@context"`
	}
	component struct {
		ID      string `json:"$id"`
		Updated string `json:"lastUpdateTimeStamp"`
		Agency  *ref   `json:"updatedByAgencyReference,omitempty"`
		Agent   *ref   `json:"updatedByAgentReference,omitempty"`
	}
	ref struct {
		To string `json:"$ref"`
	}
	incident struct {
		component
		Type     string `json:"incidentTypeCommonRegistryText"`
		Internal string `json:"incidentTypeInternalText,omitempty"`
		Number   string `json:"internalIncidentId,omitempty"`
		Places   []ref  `json:"locationReference,omitempty"`
		People   []ref  `json:"personReference,omitempty"`
		Notes    []ref  `json:"notesReference,omitempty"`
	}
	callInfo struct {
		component
		Type       string `json:"standardPrimaryCallType"`
		Direction  string `json:"direction"`
		Began      string `json:"callStartTimestamp"`
		Answered   string `json:"answerDate,omitempty"`
		State      string `json:"callStateRegistryText"`
		Callback   *ref   `json:"callBackReference,omitempty"`
		Agents     []ref  `json:"agentReference,omitempty"`
		Places     []ref  `json:"locationReference,omitempty"`
		People     []ref  `json:"personReference"`
		Additional []ref  `json:"additionalDataReference,omitempty"`
	}
	callbackInfo struct {
		component
		URIs []string `json:"callBackInformationUri"`
	}
	agencyInfo struct {
		component
		JCard string   `json:"agencyJcard,omitempty"` // RFC 7095
		Roles []string `json:"agencyRoleDescriptionRegistryText"`
		Owns  bool     `json:"incidentOwningAgencyIndicator"`
		Types []string `json:"agencyType"`
	}
	agentInfo struct {
		component
		Roles []string `json:"agentRoleRegistryText"`
		Of    ref      `json:"agencyReference"`
	}
	noteInfo struct {
		component
		Text string `json:"notesActionComments"` // HTML5
		By   *ref   `json:"agentReference,omitempty"`
	}
	additionalInfo struct {
		component
		URL string `json:"additionalDataByReferenceUrl"`
	}
	locationInfo struct {
		component
		Kind  string `json:"locationTypeDescriptionRegistryText"`
		Value string `json:"locationByValue"`
		Said  string `json:"locationDescriptionText,omitempty"`
	}
	personInfo struct {
		component
		Roles    []string `json:"personIncidentRoleRegistryText"`
		Calls    []string `json:"callIdentifier"`
		Callback *ref     `json:"callBackReference,omitempty"`
	}
	vocabulary struct {
		Vocab string `json:"@vocab"`
	}
)
