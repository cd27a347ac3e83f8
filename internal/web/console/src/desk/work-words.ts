export const words = {
  callbacks: { vi: 'Cần gọi lại', en: 'To be called back' },
  noCallbacks: { vi: 'Không có ai phải gọi lại.', en: 'Nobody has to be called back.' },
  allMissed: { vi: 'Tất cả', en: 'All' },
  dueAt: { vi: 'trước {time}', en: 'by {time}' },
  overdue: { vi: 'quá hẹn {time}', en: 'overdue by {time}' },
  tries: { vi: 'đã gọi {n} lần', en: 'tried {n} times' },
  mine: { vi: 'Phiếu của tôi', en: 'My tickets' },
  allMine: { vi: 'Tất cả', en: 'All' },
  noTickets: { vi: 'Chưa có phiếu nào.', en: 'None yet.' },
} as const
