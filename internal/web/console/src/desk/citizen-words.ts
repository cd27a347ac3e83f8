export const words = {
  pressed: { vi: 'Đã bấm', en: 'Pressed' },
} as const
