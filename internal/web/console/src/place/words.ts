export const words = {
  place: { vi: 'Địa điểm', en: 'Place' },
  placePlaceholder: { vi: 'Số nhà, đường, ấp, phường, xã…', en: 'House, street, village, ward…' },
  pin: { vi: 'Ghim', en: 'Pin' },
  pinTitle: { vi: 'Ghim địa điểm trên bản đồ', en: 'Pin the place on the map' },
  pinLead: { vi: 'Bấm vào bản đồ, hoặc dùng phím mũi tên (giữ Shift để đi xa). Bản vẽ giản lược.', en: 'Click on the map, or use the arrow keys (with Shift for large steps). A sketch.' },
  pinRemove: { vi: 'Bỏ ghim', en: 'Remove the pin' },
  pinDone: { vi: 'Xong', en: 'Done' },
  lat: { vi: 'Vĩ độ', en: 'Latitude' },
  lon: { vi: 'Kinh độ', en: 'Longitude' },
  mapEmpty: { vi: 'Bản đồ tỉnh, chưa ghim', en: 'Map of the province, no pin' },
  mapPinned: { vi: 'Đã ghim tại {where}, vĩ độ {lat}, kinh độ {lon}', en: 'Pinned in {where}, latitude {lat}, longitude {lon}' },
  outside: { vi: 'ngoài bản vẽ', en: 'no district of the map' },
}
