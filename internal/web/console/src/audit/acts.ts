import type { Role } from '../account/types'
import type { Words } from '../api/types'
import { roleWords } from '../people/roles'

/** What acts are called; one that is not here is told by its own name. */
export const actWords: Record<string, Words> = {
  'session.sign_in': { vi: 'Đăng nhập', en: 'Signed in' },
  'session.sign_out': { vi: 'Đăng xuất', en: 'Signed out' },
  'session.fail': { vi: 'Đăng nhập không thành', en: 'Failed to sign in' },
  'session.lock': { vi: 'Khóa màn hình', en: 'Locked the screen' },
  'session.unlock': { vi: 'Mở khóa màn hình', en: 'Unlocked the screen' },
  'session.password': { vi: 'Đổi mật khẩu', en: 'Changed the password' },
  'session.totp_begin': { vi: 'Bắt đầu cài xác thực hai lớp', en: 'Began a second factor' },
  'session.totp': { vi: 'Bật xác thực hai lớp', en: 'Set up a second factor' },
  'recording.listen': { vi: 'Nghe ghi âm', en: 'Listened to a recording' },
  'token.make': { vi: 'Tạo mã truy cập API', en: 'Made an API token' },
  'notice.put': { vi: 'Phát thông báo', en: 'Put a notice' },
  'notice.clear': { vi: 'Gỡ thông báo', en: 'Took the notice away' },
  'config.save': { vi: 'Sửa cấu hình', en: 'Changed the configuration' },
  'prompt.record': { vi: 'Ghi âm lời thoại', en: 'Recorded a prompt' },
  'prompt.forget': { vi: 'Dùng lại giọng máy', en: 'Went back to the machine’s voice' },
  'roster.assign': { vi: 'Xếp người vào ca', en: 'Put somebody on a shift' },
  'roster.unassign': { vi: 'Rút người khỏi ca', en: 'Took somebody off a shift' },
  'roster.generate': { vi: 'Xếp lịch ca', en: 'Planned shifts' },
  'roster.terms': { vi: 'Sửa điều kiện xếp ca', en: 'Changed terms of planning' },
  'roster.leave': { vi: 'Xử lý đơn nghỉ', en: 'Decided on a leave' },
  'roster.swap': { vi: 'Xử lý đổi ca', en: 'Decided on a swap' },
  'roster.release': { vi: 'Cho rời bàn trực', en: 'Let somebody leave' },
  'ear.open': { vi: 'Mở điện thoại giám sát', en: 'Opened the softphone for listening' },
  'ear.close': { vi: 'Tắt điện thoại giám sát', en: 'Closed the softphone for listening' },
  'ear.listen': { vi: 'Nghe cuộc trò chuyện', en: 'Listened to a conversation' },
  'ear.stop': { vi: 'Thôi nghe', en: 'Stopped listening' },
  'call.barge': { vi: 'Vào cuộc trò chuyện', en: 'Joined a conversation' },
  'call.take_over': { vi: 'Nhận thay cuộc gọi', en: 'Took a call over' },
  'agent.state': { vi: 'Đổi trạng thái nhân viên', en: 'Changed an agent’s state' },
  'agent.wrap_up': { vi: 'Cho thêm giờ ghi phiếu', en: 'Gave time for the form' },
  'line.steer': { vi: 'Chuyển người chờ', en: 'Moved who waits' },
  'queue.open': { vi: 'Mở hoặc đóng hàng chờ', en: 'Opened or closed a queue' },
  'message.send': { vi: 'Nhắn tin cho bàn trực', en: 'Sent a message to desks' },
  'staff.add': { vi: 'Thêm người', en: 'Added somebody' },
  'staff.change': { vi: 'Sửa người', en: 'Changed somebody' },
  'staff.disable': { vi: 'Khóa tài khoản', en: 'Shut somebody out' },
  'staff.enable': { vi: 'Mở lại tài khoản', en: 'Let somebody in again' },
  'staff.password': { vi: 'Đặt lại mật khẩu', en: 'Reset a password' },
  'staff.totp_reset': { vi: 'Đặt lại xác thực hai lớp', en: 'Reset a second factor' },
}

const detailNames: Record<string, Words> = {
  reason: { vi: 'lý do', en: 'reason' },
  n: { vi: 'bản thứ', en: 'number' },
}

const detailWords: Record<string, Words> = {
  'way password': { vi: 'bằng mật khẩu', en: 'by password' },
  'way sso': { vi: 'bằng đăng nhập một lần', en: 'by the other sign-in' },
  'open true': { vi: 'mở', en: 'opened' },
  'open false': { vi: 'đóng', en: 'closed' },
  'download true': { vi: 'và tải về', en: 'and downloaded it' },
  'whisper true': { vi: 'và nói với nhân viên', en: 'and whispered' },
  'forced true': { vi: 'trái quy tắc', en: 'against the rules' },
  'error wrong_password': { vi: 'sai mật khẩu', en: 'wrong password' },
  'error wrong_code': { vi: 'sai mã', en: 'wrong code' },
  'error no_account': { vi: 'tài khoản chưa gắn với ai', en: 'nobody has that account' },
}

/** What stands beside an act, in words where there are some. */
export function detailText(name: string, value: string, pick: (words: Words) => string): string {
  const known = name === 'role' ? roleWords[value as Role] : detailWords[`${name} ${value}`]
  const words = detailNames[name]
  return known === undefined ? `${words === undefined ? name : pick(words)}: ${value}` : pick(known)
}
