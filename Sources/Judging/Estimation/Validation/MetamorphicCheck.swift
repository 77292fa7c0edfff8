// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// A relation between the estimates of a sample and of a transformed one, which needs no known truth.
struct MetamorphicCheck: Sendable {
  /// The checks; the raw value is what people read.
  enum ID: String, Sendable {
    case namesOfClasses = "names of classes"
    case orderOfRows = "order of rows"
    case translation = "translation"
    case units = "units"
    case scalingOfOneSide = "scaling of one side"
    case exchangeOfXAndY = "exchange of x and y"
    case wholeNumbers = "whole numbers"
    case singlePrecision = "single precision"
    case addedNoise = "added noise"
    case duplicatedColumn = "duplicated column"
    case constantColumn = "constant column"
    case exchangeOfUnequalSides = "exchange of unequal sides"
    case dataProcessing = "data processing"
  }

  /// How the two estimates are related.
  enum Relation: Sendable {
    /// They are equal, but for `tolerance` nats and the estimator's own randomness.
    case equal(tolerance: Double)
    /// The transformed one is less, on average by at least this many nats.
    case less(by: Double)
  }

  /// Which check it is.
  let id: ID
  /// What it is called.
  var name: String { id.rawValue }
  /// What is done, in words.
  let action: String
  /// What it means when it fails.
  let meaning: String
  /// Whether an estimator may say in good order that it does not take such data: those of samples that are singular.
  var mayDecline = false
  /// The group of the samples as they are.
  var original = ProbeGroupID.pair
  let relation: Relation
  let transform: @Sendable (PairedSample, inout RandomSource) throws(EstimationError) -> PairedSample
}

extension MetamorphicCheck {
  /// The checks of an estimator for `family` that takes up to `dimension` columns a side.
  static func all(dimension: Int, family: DistributionFamily) -> [MetamorphicCheck] {
    switch family {
    case .any, .mixed, .gaussian: scalar + (dimension >= 2 ? twoColumns : [])
    // Noise would make a measurement of a class.
    case .classes, .discrete: scalar.filter { $0.id != .addedNoise } + [names]
    }
  }

  /// Classes are 0, 1, 2, … in the tasks; 5c + 2 modulo 7 puts them into another order.
  private static let names = MetamorphicCheck(
    id: .namesOfClasses, action: "y ↦ 5y + 2 modulo 7",
    meaning: "the number that stands for a class changes the result; a class is a name, and has no order or distance",
    relation: .equal(tolerance: 0.05),
    transform: { (sample, _) throws(EstimationError) in
      try sample.mapping(.y) { (5 * $0 + 2).truncatingRemainder(dividingBy: 7) }
    })

  private static let scalar: [MetamorphicCheck] = [
    MetamorphicCheck(
      id: .orderOfRows, action: "rows sorted by | |x| − |y| |",
      meaning: "it depends on the order of the rows; use all of them, and shuffle before they are split",
      relation: .equal(tolerance: 0.05),
      transform: { (sample, _) throws(EstimationError) in try sample.sortedByLikeness() }),
    MetamorphicCheck(
      id: .translation, action: "x + 1,000,000, y − 300,000",
      meaning: "digits are lost to a large offset; subtract the mean, in double precision, before anything else",
      relation: .equal(tolerance: 0.05),
      transform: { (sample, _) throws(EstimationError) in
        try sample.mapping(.x) { $0 + 1_000_000 }.mapping(.y) { $0 - 300_000 }
      }),
    MetamorphicCheck(
      id: .units, action: "x and y × 1/1000",
      meaning: "a bandwidth, noise or tolerance in it is absolute; make it relative to the data, or standardise",
      relation: .equal(tolerance: 0.05),
      transform: { (sample, _) throws(EstimationError) in sample.mapping { $0 / 1000 } }),
    MetamorphicCheck(
      id: .scalingOfOneSide, action: "x × 4",
      meaning: "the scale of one side changes the result; information has no units, so standardise each side",
      relation: .equal(tolerance: 0.1),
      transform: { (sample, _) throws(EstimationError) in try sample.mapping(.x) { $0 * 4 } }),
    MetamorphicCheck(
      id: .exchangeOfXAndY, action: "(y, x) for (x, y)",
      meaning: "it treats the sides differently; I(x; y) = I(y; x)",
      relation: .equal(tolerance: 0.1), transform: { (sample, _) throws(EstimationError) in sample.swapped }),
    MetamorphicCheck(
      id: .wholeNumbers, action: "x and y × 100,000, rounded to whole numbers",
      meaning: "numbers without a decimal point are misread, or taken for categories",
      relation: .equal(tolerance: 0.05),
      transform: { (sample, _) throws(EstimationError) in sample.mapping { ($0 * 100_000).rounded() } }),
    MetamorphicCheck(
      id: .singlePrecision, action: "x and y rounded to 24 bits",
      meaning: "the last digits of the data matter to it; it compares or divides by differences that are mere rounding",
      relation: .equal(tolerance: 0.05),
      transform: { (sample, _) throws(EstimationError) in sample.mapping { Double(Float($0)) } }),
    MetamorphicCheck(
      id: .addedNoise, action: "y + independent noise of the same variance",
      meaning: "noise must lower information; it does not look at how x and y go together",
      relation: .less(by: 0.1),
      transform: { (sample, random) throws(EstimationError) in try sample.addingNoiseToY(&random) }),
  ]

  private static let twoColumns: [MetamorphicCheck] = [
    MetamorphicCheck(
      id: .duplicatedColumn, action: "(x, x) for x",
      meaning: "a repeated column adds no information; it must not be counted twice",
      mayDecline: true, relation: .equal(tolerance: 0.1),
      transform: { (sample, _) throws(EstimationError) in try sample.addingColumn { sample.x[$0] } }),
    MetamorphicCheck(
      id: .constantColumn, action: "(x, 5) for x",
      meaning: "a constant adds no information; it is divided by its deviation, or counted as a dimension",
      mayDecline: true, relation: .equal(tolerance: 0.1),
      transform: { (sample, _) throws(EstimationError) in try sample.addingColumn { _ in 5 } }),
    MetamorphicCheck(
      id: .exchangeOfUnequalSides, action: "(y, x) for (x, y), x of two columns",
      meaning: "the columns of x and y are told apart wrongly, or the sides treated differently",
      original: .triple, relation: .equal(tolerance: 0.1),
      transform: { (sample, _) throws(EstimationError) in sample.swapped }),
    MetamorphicCheck(
      id: .dataProcessing, action: "x1 for x = (x1, x2), where x1 alone tells nothing about y",
      meaning: "leaving out what tells must lower information; it does not look at all columns",
      original: .triple, relation: .less(by: 0.15),
      transform: { (sample, _) throws(EstimationError) in try sample.keeping(xColumn: 0) }),
  ]
}
