// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import PlainText

/// The option of commands whose text may have pictures.
package struct PlotOption: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Draw in the text; by default where standard output is a terminal. With Unicode where the locale is UTF-8, else in ASCII.
      """)
  package var plot: Bool?

  package init() {}

  /// What pictures are made of; nil where there are none.
  package var characters: PlotCharacters? {
    guard plot ?? StandardOutput.isTerminal else { return nil }
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.lowercased().replacing("-", with: "").contains("utf8") ? .unicode : .ascii
  }
}
