// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation

/// One estimated information as a table holds it: the value and how it came about, or why there is none.
public struct InformationCell: Sendable, Equatable {
  /// The estimate in nats; nil where there is none, or it is impossible.
  public let nats: Double?
  /// The estimator that gave it, with what was done to it, such as "ross"; or why there is no estimate.
  public let note: String

  /// A value and its estimator.
  public init(_ nats: Double, by method: String) { (self.nats, note) = (nats, method) }

  /// No value, and why.
  public init(missing reason: String) { (nats, note) = (nil, reason) }

  /// What `estimate` gives, or the reason why it cannot be passed on.
  init(named name: String, _ estimate: () throws(EstimationError) -> Estimate) {
    do {
      let estimate = try estimate()
      let bound = estimate.isAtBound ? ", at its bound" : ""
      self.init(estimate.nats, by: (estimate.method ?? name) + bound)
    } catch { self.init(missing: "\(name): \(error)") }
  }
}
