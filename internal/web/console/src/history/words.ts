import type { Words } from '../api/types'

export const words = {
  title: { vi: 'Lịch sử', en: 'History' },
  day: { vi: 'Theo ngày', en: 'By day' },
  week: { vi: 'Theo tuần', en: 'By week' },
  since: { vi: 'Từ ngày', en: 'From' },
  until: { vi: 'Đến ngày', en: 'To' },
  queue: { vi: 'Hàng chờ', en: 'Queue' },
  agent: { vi: 'Nhân viên', en: 'Agent' },
  calls: { vi: 'Cuộc gọi', en: 'Calls' },
  service: { vi: 'Gặp nhân viên trong 15 giây', en: 'Answered within 15 s' },
  talk: { vi: 'Nói chuyện trung bình', en: 'Mean talk' },
  wait: { vi: 'Chờ trung bình', en: 'Mean wait' },
  entered: { vi: 'Vào hàng chờ', en: 'Entered the line' },
  offered: { vi: 'Được chia', en: 'Offered' },
  missed: { vi: 'Để lỡ', en: 'Missed' },
  refused: { vi: 'Từ chối', en: 'Refused' },
  answered: { vi: 'Đã trả lời', en: 'Answered' },
  abandoned: { vi: 'Gác máy khi chờ', en: 'Given up in line' },
  period: { vi: 'Thời gian', en: 'Period' },
  none: { vi: 'Không có cuộc gọi nào trong thời gian này.', en: 'There was no call in this time.' },
} satisfies Record<string, Words>
