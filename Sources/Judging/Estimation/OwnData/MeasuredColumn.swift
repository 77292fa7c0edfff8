// SPDX-License-Identifier: GPL-3.0-or-later
/// A column of one's own data: numbers, and whether they are a measurement or a class.
public struct MeasuredColumn: Sendable, Hashable {
  /// What a column's values are.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Numbers on a line, between which distances mean something.
    case continuous
    /// Classes, or counts of few values, of which only equality is used.
    case discrete
  }

  /// What it is called.
  public let name: String
  /// A finite number for every row; for texts, the number of the text.
  public let values: [Double]
  /// What its values are.
  public let kind: Kind
  /// Whether the values stand for texts, so that their size means nothing.
  public let isText: Bool

  /// A column of numbers, which are classes where they take at most a tenth as many values as there are rows, unless `kind` says what
  /// they are.
  public init(_ name: String, numbers: [Double], kind: Kind? = nil) {
    (self.name, values, isText) = (name, numbers, false)
    self.kind = kind ?? (10 * Symbols(numbers).counts.count <= numbers.count ? .discrete : .continuous)
  }

  /// A column of texts: every distinct text is a class.
  public init(_ name: String, texts: [String]) {
    (self.name, isText, kind) = (name, true, .discrete)
    values = Symbols(texts).ofRows.map(Double.init)
  }
}

/// What is done to the columns of measurements before distances are taken.
///
/// No information changes; the estimates by neighbours do, as distances of several columns are compared.
public enum ColumnScale: String, Sendable, Hashable, CaseIterable {
  /// Variance 1.
  case unit
  /// The normal scores of the ranks, which no increasing map of a column changes; equal numbers share the mean of their ranks.
  case ranks
  /// Nothing.
  case none
}
