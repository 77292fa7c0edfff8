// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PlainText

/// Numbers as text, for reading only, with real minus signs.
func numberText(_ format: String, _ values: Double...) -> String {
  withMinus(String(format: format, arguments: values))
}
