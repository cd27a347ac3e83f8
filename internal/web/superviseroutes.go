package web

import "hotline1022/internal/auth"

// superviseRoutes are the addresses of supervisors, and of what agents have of them.
func (s *site) superviseRoutes(add func(pattern string, role auth.Role, h handler)) {
	add("POST /api/ear", auth.Supervisor, s.openEar)
	add("GET /api/ear", auth.Supervisor, s.ear)
	add("DELETE /api/ear", auth.Supervisor, s.closeEar)
	add("GET /api/ear/events", auth.Supervisor, s.earEvents)
	add("POST /api/ear/listen", auth.Supervisor, s.listen)
	add("DELETE /api/ear/listen", auth.Supervisor, s.stopListening)

	add("POST /api/agents/{agent}/state", auth.Supervisor, s.force)
	add("POST /api/agents/{agent}/wrap-up", auth.Supervisor, s.giveWrapUp)
	add("GET /api/line", auth.Supervisor, s.line)
	add("POST /api/line/{call}", auth.Supervisor, s.steer)

	add("POST /api/messages", auth.Supervisor, s.sendMessage)
	add("GET /api/messages", auth.Supervisor, s.messages)

	add("POST /api/desk/messages/{id}/read", auth.Agent, s.readMessage)
	add("POST /api/desk/wrap-up/more", auth.Agent, s.moreWrapUp)
	add("POST /api/desk/call/recording", auth.Agent, s.pauseRecording)
}
