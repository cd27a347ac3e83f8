export function TicketPage(_: { code: string }) { return null }
