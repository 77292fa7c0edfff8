// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Vectors

extension ConformanceReport {
  /// The report as a badge, in the format that shields.io reads from an address.
  public var badge: JSONValue {
    let (tally, version) = (tally, suiteVersion)
    let judged = tally.total - tally.skipped
    let color =
      if passes { "brightgreen" } else if tally.wrong * 20 <= judged && tally.passed > 0 { "yellow" } else { "red" }
    return [
      "schemaVersion": 1, "label": .string("cch vectors" + (version.map { " \($0)" } ?? "")),
      "message": .string(judged == 0 ? "nothing judged" : "\(tally.passed) of \(judged)"), "color": .string(color),
    ]
  }
}
