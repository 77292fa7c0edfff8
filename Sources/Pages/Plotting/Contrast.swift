// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The relative luminance of a colour of three parts of 0…255 (WCAG 2.2).
func luminance(_ parts: [Int]) -> Double {
  let linear = parts.map { part in
    let share = Double(part) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
