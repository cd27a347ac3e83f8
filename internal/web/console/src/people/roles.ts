import type { Role } from '../account/types'
import type { Words } from '../api/types'

export const roleWords: Record<Role, Words> = {
  agent: { vi: 'Điện thoại viên', en: 'Agent' },
  shift_lead: { vi: 'Trưởng ca', en: 'Shift lead' },
  supervisor: { vi: 'Giám sát', en: 'Supervisor' },
  admin: { vi: 'Quản trị', en: 'Administrator' },
  auditor: { vi: 'Kiểm tra', en: 'Auditor' },
  agency_officer: { vi: 'Cán bộ cơ quan xử lý', en: 'Agency officer' },
  editor: { vi: 'Biên tập kho tri thức', en: 'Editor' },
}
