// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PlainText

extension TextTable {
  /// The lines, as wide as standard output is.
  package var text: String { text(width: StandardOutput.columns) }
}

extension StandardOutput {
  /// How many columns a line may take: those of the terminal, what `COLUMNS` says, or 80.
  package static var columns: Int {
    var size = winsize()
    if isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return max(40, Int(size.ws_col))
    }
    return ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init).map { max(40, $0) } ?? 80
  }
}
