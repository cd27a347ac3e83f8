// The calling page's texts. The page shows both languages beside each other, so that
// nobody who needs help has to look for a switch first.
import type { Words } from '../api/types'
import type { MicrophoneProblem } from '../phone/microphone'
import type { EndedWhy, Step } from './call'

export const steps: Record<Step, Words> = {
  idle: { vi: 'Sẵn sàng gọi.', en: 'Ready to call.' },
  microphone: { vi: 'Hãy bấm “Cho phép” để dùng micrô…', en: 'Press “Allow” to use the microphone…' },
  connecting: { vi: 'Đang gọi 1022…', en: 'Calling 1022…' },
  talking: { vi: 'Đã nối máy', en: 'Connected' },
  ended: { vi: 'Cuộc gọi đã kết thúc.', en: 'The call has ended.' },
}

export const endings: Record<EndedWhy, Words> = {
  hung_up: { vi: 'Cuộc gọi đã kết thúc. Cảm ơn bạn đã gọi 1022.', en: 'The call has ended. Thank you for calling 1022.' },
  no_line: {
    vi: 'Chưa nối được máy. Hãy thử lại, hoặc gọi (0274) 1022 bằng điện thoại.',
    en: 'The call did not get through. Try again, or dial (0274) 1022 by telephone.',
  },
  cut: { vi: 'Cuộc gọi bị ngắt do mất mạng. Hãy gọi lại.', en: 'The network cut the call. Please call again.' },
}

export const microphone: Record<MicrophoneProblem, Words> = {
  refused: {
    vi: 'Chưa được phép dùng micrô. Bấm biểu tượng bên trái thanh địa chỉ, cho phép “Micrô”, rồi gọi lại.',
    en: 'The microphone is not allowed. Press the icon left of the address, allow “Microphone”, then call again.',
  },
  missing: { vi: 'Không thấy micrô. Hãy cắm tai nghe có micrô rồi gọi lại.', en: 'No microphone was found. Plug in a headset and call again.' },
  busy: { vi: 'Micrô đang bị chương trình khác dùng. Hãy đóng chương trình đó rồi gọi lại.', en: 'Another program uses the microphone. Close it and call again.' },
  insecure: {
    vi: 'Trình duyệt chỉ cho gọi từ trang https://. Hãy gọi (0274) 1022 bằng điện thoại.',
    en: 'Browsers allow calls from https:// pages only. Please dial (0274) 1022 by telephone.',
  },
}

export const labels = {
  call: { vi: 'Gọi 1022', en: 'Call 1022' },
  again: { vi: 'Gọi lại 1022', en: 'Call 1022 again' },
  hangUp: { vi: 'Gác máy', en: 'Hang up' },
  keypad: { vi: 'Bàn phím chọn mục', en: 'Keypad for the menus' },
} satisfies Record<string, Words>
