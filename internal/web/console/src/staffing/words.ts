// Texts of the staffing plan, Vietnamese first.

export const words = {
  lead: {
    vi: 'Từ {since} đến {until}. Mục tiêu {percent} % cuộc gọi trong {seconds} giây; mỗi cuộc {handling}; vắng {away} % vì nghỉ giữa ca, đào tạo.',
    en: 'From {since} to {until}. Target {percent} % of calls within {seconds} s; {handling} each; {away} % are away for breaks and training.',
  },
  weeks: { vi: 'Dữ liệu {n} tuần', en: '{n} weeks of data' },
  none: { vi: 'Chưa có cuộc gọi nào trong thời gian này: bảng dưới đây chỉ là mức tối thiểu {least} người.', en: 'There were no calls in this time: below stands only the minimum of {least} people.' },
  byHour: { vi: 'Số người cần theo giờ trong tuần', en: 'People needed, by hour of the week' },
  need: { vi: 'Bình quân', en: 'Mean' },
  worst: { vi: 'Giờ bận nhất', en: 'Busiest' },
  hourTitle: {
    vi: '{day} {hour}–{next}: cần {need} người ({worst} khi bận nhất); {calls} cuộc/giờ, bận nhất {busiest}; nghe máy kịp {inTime} %; thời gian bận {busy} %',
    en: '{day} {hour}–{next}: {need} people needed ({worst} at the busiest); {calls} calls an hour, {busiest} at most; {inTime} % in time; busy {busy} % of the time',
  },
  unseen: { vi: 'chưa có số liệu', en: 'not seen yet' },
  few: { vi: 'ít', en: 'few' },
  many: { vi: 'nhiều', en: 'many' },
  shifts: { vi: 'Ghế theo ca: đang có và cần', en: 'Seats by shift: planned and needed' },
  shiftTitle: { vi: '{shift}, {day}: cần {need} người tại bàn ({worst} khi bận nhất) lúc {hour} giờ', en: '{shift}, {day}: {need} people at their desks ({worst} at the busiest) at {hour}:00' },
  seatsOf: { vi: '{seats} / cần {needed}', en: '{seats} / {needed} needed' },
  short: { vi: 'thiếu {n}', en: '{n} short' },
  shortSum: { vi: '{n} trên {all} ca không đủ ghế: thêm ghế trong configs/shifts.yaml, hoặc chấp nhận chờ lâu hơn ở những ca này.', en: '{n} of {all} shifts have too few seats: add seats in configs/shifts.yaml, or accept longer waits there.' },
  enoughSum: { vi: 'Mọi ca đều đủ ghế.', en: 'Every shift has enough seats.' },
  table: { vi: 'Mỗi giờ nhận được bao nhiêu cuộc gọi?', en: 'How many calls an hour can be carried?' },
  tableLead: { vi: 'Theo số người tại bàn và mục tiêu, khi không ai bỏ cuộc (Erlang C).', en: 'By people at their desks and target, while nobody gives up (Erlang C).' },
  agents: { vi: 'Người tại bàn', en: 'At their desks' },
  handling: { vi: 'Mỗi cuộc {time}', en: '{time} a call' },
  perHour: { vi: '{percent} % trong {seconds} giây', en: '{percent} % within {seconds} s' },
  perHourLost: { vi: '{percent} % trong {seconds} giây, bỏ cuộc ≤ {lost} %', en: '{percent} % within {seconds} s, ≤ {lost} % give up' },
} as const satisfies Record<string, { vi: string; en: string }>
