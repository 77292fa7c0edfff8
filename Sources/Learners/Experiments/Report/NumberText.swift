// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Numbers as text, for reading only, with real minus signs.
func numberText(_ format: String, _ values: Double...) -> String {
  String(format: format, arguments: values).replacingOccurrences(of: "-", with: "−")
}
