// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Students

/// What a study of students found, as it is printed.
protocol StudyPage {
  var json: JSONValue { get }
  var csv: String { get }
  var text: String { get }
  /// Whether it was ended before all was done.
  var wasStopped: Bool { get }
  /// Whether everything came out as the closed forms say.
  var isOK: Bool { get }
}

extension StudentPage: StudyPage {
  var wasStopped: Bool { report.wasStopped }
  var isOK: Bool { report.isOK }
}

extension BaselinePage: StudyPage {
  var wasStopped: Bool { report.wasStopped }
  var isOK: Bool { report.isOK }
}

extension DecisionPage: StudyPage {
  var wasStopped: Bool { report.wasStopped }
  var isOK: Bool { report.isOK }
}
