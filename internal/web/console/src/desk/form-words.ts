export const words = {
  citizen: { vi: 'Tên người gọi', en: 'Name' },
  citizenPlaceholder: { vi: 'Ông, bà, anh, chị…', en: 'Mr, Ms…' },
  sameAsBefore: { vi: 'Lần trước: {name}', en: 'Last time: {name}' },
  savedAt: { vi: 'Đã lưu {time}', en: 'Saved at {time}' },
  savingNow: { vi: 'Đang lưu…', en: 'Saving…' },
  stale: { vi: 'Chưa lưu được lên máy chủ; giữ trên máy này và đang thử lại', en: 'Not saved on the server; kept on this computer, trying again' },
  staleSince: { vi: 'Bản trên máy chủ là lúc {time}; phần mới giữ trên máy này, đang thử lại', en: 'The server has it as of {time}; the rest is kept on this computer, trying again' },
  files: { vi: 'Tệp đính kèm', en: 'Attachments' },
  addFile: { vi: 'Đính kèm', en: 'Attach' },
  addFileHint: { vi: 'Ảnh, PDF, âm thanh, video; tối đa 20 MB', en: 'Pictures, PDF, sound, video; 20 MB at most' },
  noFiles: { vi: 'Không có tệp nào.', en: 'There are none.' },
  fileBy: { vi: '{name}, {time}', en: '{name}, {time}' },
} as const

/** A length of a file for people. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`
}
