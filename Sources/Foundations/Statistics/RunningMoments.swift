// SPDX-License-Identifier: MIT

/// The number, mean and variance of values that come one by one.
///
/// Updated by Welford's recurrence (1962), merged by that of Chan, Golub and LeVeque (1979).
public struct RunningMoments: Sendable, Equatable {
  /// The number of values.
  public private(set) var count = 0
  /// Their mean; 0 for none.
  public private(set) var mean = 0.0
  private var squares = 0.0

  /// No values.
  public init() {}

  /// Takes one more value.
  public mutating func add(_ value: Double) {
    count += 1
    let difference = value - mean
    mean += difference / Double(count)
    squares += difference * (value - mean)
  }

  /// Takes the values of `other`.
  public mutating func merge(_ other: RunningMoments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    squares += other.squares + difference * difference * Double(count) * Double(other.count) / total
    mean += difference * Double(other.count) / total
    count += other.count
  }

  /// Gives `body` the three numbers of which all follows, to write them down or to put those in their place that were.
  package mutating func pass(_ body: (inout Double) -> Void) {
    var number = Double(count)
    body(&number)
    count = Int(exactly: number) ?? 0
    body(&mean)
    body(&squares)
  }

  /// The variance of the values; 0 for fewer than two.
  public var variance: Double { count < 2 ? 0 : squares / Double(count - 1) }

  /// The standard error of the mean; 0 for fewer than two values.
  public var standardError: Double { count < 2 ? 0 : (variance / Double(count)).squareRoot() }
}
