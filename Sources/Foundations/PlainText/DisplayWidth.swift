// SPDX-License-Identifier: GPL-3.0-or-later

/// How many columns of a terminal `text` takes.
///
/// Combining marks take none beside their base, East Asian wide characters and emoji two, as Unicode's annex 11 tells.
public func displayWidth(_ text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  return text.reduce(0) { $0 + $1.displayWidth }
}

extension Character {
  /// How many columns of a terminal it takes: 0, 1 or 2.
  var displayWidth: Int {
    let scalars = unicodeScalars
    // A variation selector asks for the picture.
    if scalars.contains("\u{FE0F}") { return 2 }
    guard let base = scalars.first(where: { !$0.isZeroWidth }) else { return 0 }
    return base.isWide ? 2 : 1
  }
}

extension Unicode.Scalar {
  fileprivate var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }

  fileprivate var isWide: Bool {
    guard value >= 0x1100 else { return false }
    return properties.isEmojiPresentation || Unicode.Scalar.wide.contains { $0.contains(value) }
  }

  /// The blocks whose characters are wide or full width (East Asian Width W and F).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF,
    0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}
