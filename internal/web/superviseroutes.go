package web

import "hotline1022/internal/auth"

// superviseRoutes are the addresses of supervisors, and of what agents have of them.
func (s *site) superviseRoutes(add func(pattern string, need auth.Need, h handler)) {
	add("POST /api/ear", auth.Supervise, s.openEar)
	add("GET /api/ear", auth.Supervise, s.ear)
	add("DELETE /api/ear", auth.Supervise, s.closeEar)
	add("GET /api/ear/events", auth.Supervise, s.earEvents)
	add("POST /api/ear/listen", auth.Supervise, s.listen)
	add("DELETE /api/ear/listen", auth.Supervise, s.stopListening)

	add("POST /api/agents/{agent}/state", auth.Supervise, s.force)
	add("POST /api/agents/{agent}/wrap-up", auth.Supervise, s.giveWrapUp)
	add("GET /api/line", auth.Supervise, s.line)
	add("POST /api/line/{call}", auth.Supervise, s.steer)
	add("PUT /api/queues/{queue}", auth.Supervise, s.setQueue)

	add("POST /api/messages", auth.Supervise, s.sendMessage)
	add("GET /api/messages", auth.Supervise, s.messages)

	add("POST /api/desk/messages/{id}/read", auth.WorkDesk, s.readMessage)
	add("POST /api/desk/wrap-up/more", auth.WorkDesk, s.moreWrapUp)
	add("POST /api/desk/call/recording", auth.WorkDesk, s.pauseRecording)
}
