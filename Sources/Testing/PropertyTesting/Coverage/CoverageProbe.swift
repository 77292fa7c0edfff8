// SPDX-License-Identifier: MIT

/// Tells what a case reaches in a program that is built to count it.
///
/// The module CoverageGuidance has one for the counters that the compiler puts in. One of your own may count what it likes, such as
/// the states of an interpreter.
public protocol CoverageProbe: Sendable {
  /// Runs `body` on this thread, and tells what it reached there.
  func reached(by body: () -> Void) -> Reached
}

/// What one case reached.
public struct Reached: Sendable {
  /// A place in the program, by its number, and how often it was reached.
  public struct Place: Sendable, Hashable {
    /// Its number, the same in every run of the program.
    public let number: Int
    /// How often, at least once.
    public let times: Int

    /// The place `number`, reached so many times.
    public init(_ number: Int, times: Int = 1) { (self.number, self.times) = (number, times) }

    /// The place with about how often: 1, 2, 3, 4–7, 8–15, 16–31, 32–127 or more times are eight features, as in AFL and libFuzzer.
    var feature: Int {
      let power =
        switch times {
        case ...1: 0
        case 2: 1
        case 3: 2
        case 4...7: 3
        case 8...15: 4
        case 16...31: 5
        case 32...127: 6
        default: 7
        }
      return 8 * number + power
    }
  }

  /// Two numbers that were compared and were not equal.
  public struct Comparison: Sendable, Hashable {
    let a: Int
    let b: Int

    /// A comparison of `a` and `b`.
    public init(_ a: Int, _ b: Int) { (self.a, self.b) = (a, b) }
  }

  /// The places, each once.
  public var places: [Place]
  /// Comparisons that failed, each at a place of its own: what a choice must become for another branch may be among them.
  public var comparisons: [Comparison]

  /// What was reached, and what was compared there.
  public init(places: [Place] = [], comparisons: [Comparison] = []) {
    (self.places, self.comparisons) = (places, comparisons)
  }
}

/// How far a guided search came.
public struct CoverageSummary: Sendable, Hashable {
  /// The places in the program that were reached.
  public let places: Int
  /// The cases that reached something new, and were changed further.
  public let kept: Int
}
