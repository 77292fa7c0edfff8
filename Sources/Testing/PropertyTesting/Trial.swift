// SPDX-License-Identifier: MIT

/// One case of a property, as the property sees it: where it says what the case is like.
public struct Trial: Sendable {
  /// What the case was classified as.
  public private(set) var labels: Set<String> = []
  /// The scores that the search drives down, by name.
  public private(set) var scores: [String: Double] = [:]
  /// Values whose smallest is remembered, with its case, by name; they lead no search.
  public private(set) var records: [String: Double] = [:]
  /// What the property noted, in order; kept only for the case that is reported.
  public private(set) var notes: [String] = []
  /// Whether this is the case that is reported, not one of the many of the search.
  let isReported: Bool

  /// The trial of a case that has not run; that of one that is reported collects notes.
  public init(isReported: Bool = false) { self.isReported = isReported }

  /// Notes something that helps to understand a failure, such as a value halfway.
  ///
  /// `text` is made only for the case that is reported.
  public mutating func note(_ text: @autoclosure () -> String) {
    if isReported { notes.append(text()) }
  }

  init(labels: Set<String>, scores: [String: Double], notes: [String]) {
    (self.labels, self.scores, self.notes, isReported) = (labels, scores, notes, true)
  }

  /// Rejects the case unless `condition` holds: it then counts neither as a pass nor as a failure.
  ///
  /// - Throws: ``Rejection``.
  public func assume(_ condition: Bool, _ reason: String = "an assumption does not hold") throws(Rejection) {
    if !condition { throw Rejection(reason) }
  }

  /// Classifies the case, where `condition` holds, for the statistics and for required frequencies.
  public mutating func label(_ name: String, if condition: Bool = true) {
    if condition { labels.insert(name) }
  }

  /// Asks the search to make `value` small; the smallest one that was seen is reported.
  ///
  /// Several scores are several aims: the search keeps every case that none other beats in all of them. NaN is no score.
  public mutating func minimize(_ name: String, _ value: Double) {
    if !value.isNaN { scores[name] = value }
  }

  /// Has the statistics remember the case with the smallest `value`, without leading the search there.
  ///
  /// NaN is no value.
  public mutating func remember(_ name: String, _ value: Double) {
    if !value.isNaN { records[name] = value }
  }

  /// Asks the search to make `value` large.
  public mutating func maximize(_ name: String, _ value: Double) { minimize(name, -value) }
}
