// The keys of the desk, in one table: what obeys them and the help sheet read the same.
import type { Words } from '../api/types'

export interface Key {
  keys: string
  what: Words
}

export const keys: readonly Key[] = [
  { keys: 'F2, Enter', what: { vi: 'Trả lời cuộc gọi đến', en: 'Answer an incoming call' } },
  { keys: 'F4', what: { vi: 'Gác máy', en: 'Hang up' } },
  { keys: 'F8', what: { vi: 'Sẵn sàng nhận cuộc gọi', en: 'Ready for calls' } },
  { keys: 'F9', what: { vi: 'Chuyển khẩn cấp, rồi 1–4 chọn lực lượng', en: 'Emergency hand-over, then 1–4 for the service' } },
  { keys: 'Alt + B', what: { vi: 'Đã bàn giao cho trung tâm', en: 'The command centre has taken over' } },
  { keys: 'Alt + G', what: { vi: 'Giữ máy, nói tiếp', en: 'Hold, resume' } },
  { keys: 'Alt + M', what: { vi: 'Tắt, bật micrô', en: 'Mute, unmute' } },
  { keys: 'Alt + C', what: { vi: 'Chuyển máy hoặc hỏi ý kiến', en: 'Transfer or ask somebody' } },
  { keys: 'Alt + N', what: { vi: 'Đến ô ghi chú', en: 'Go to the note' } },
  { keys: 'Alt + K', what: { vi: 'Tìm trong kho tri thức', en: 'Search the knowledge base' } },
  { keys: 'Alt + P', what: { vi: 'Mở danh sách tạm dừng', en: 'Open the pauses' } },
  { keys: 'Ctrl + Enter', what: { vi: 'Lưu phiếu và sẵn sàng', en: 'Save the form and be ready' } },
  { keys: 'Ctrl + Shift + Enter', what: { vi: 'Lưu phiếu và tạm dừng', en: 'Save the form and pause' } },
  { keys: '?', what: { vi: 'Bảng phím tắt này', en: 'This sheet' } },
]
