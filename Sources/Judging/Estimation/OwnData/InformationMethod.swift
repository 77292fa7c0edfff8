// SPDX-License-Identifier: GPL-3.0-or-later
/// A way to estimate I(x; y) or I(x; y | z) of one's own data, and which of the data's forms it reads.
public struct InformationMethod: Sendable {
  /// How it estimates.
  enum Way: Sendable {
    case pair(any MutualInformationEstimator)
    case conditional(any ConditionalInformationEstimator)
  }

  /// What it is called.
  public let name: String
  let way: Way
  /// Whether it reads classes by their own numbers.
  let readsNumbers: Bool

  /// An estimator of I(x; y).
  public init(_ estimator: any MutualInformationEstimator) {
    (name, way, readsNumbers) = (estimator.name, .pair(estimator), Self.reads(estimator))
  }

  /// An estimator of I(x; y | z).
  public init(_ estimator: any ConditionalInformationEstimator) {
    (name, way) = (estimator.name, .conditional(estimator))
    readsNumbers = (estimator as? WithinClasses).map { Self.reads($0.estimator) } ?? (estimator is ConditionalPlugIn)
  }

  private static func reads(_ estimator: any MutualInformationEstimator) -> Bool {
    !(estimator is Ross || estimator is MixedKSG || estimator is Counts || estimator is AutomaticEstimator)
  }

  /// The methods that suit a sample, the usual one first.
  ///
  /// - Parameters:
  ///   - sample: the data.
  ///   - k: the number of neighbours of those that look for some.
  public static func suited(to sample: MeasuredSample, k: Int = 3) -> [InformationMethod] {
    let (x, y, z) = (sample.natureOfX, sample.natureOfY, sample.natureOfGiven)
    let isNumeric = !(sample.x + sample.y + sample.given).contains { $0.kind == .discrete }
    if let z, z != .discrete {
      return [InformationMethod(ConditionalKSG(k: k))] + (isNumeric ? [InformationMethod(ConditionalPlugIn())] : [])
    }
    let pair: [any MutualInformationEstimator] =
      switch (x, y) {
      case (.discrete, .discrete): [Counts()]
      case (.discrete, .continuous), (.continuous, .discrete): [Ross(k: k)]
      case (.continuous, .continuous): [KSG(.square, k: k), KSG(.rectangle, k: k), GaussianPlugIn()]
      case (.tied, .tied), (.tied, .continuous), (.continuous, .tied): [MixedKSG(k: k), GaussianPlugIn()]
      default: [MixedKSG(k: k)]
      }
    return pair.map { z == nil ? InformationMethod($0) : InformationMethod(WithinClasses($0)) }
  }

  /// The names that ``named(_:for:k:)`` knows for a sample.
  public static func names(for sample: MeasuredSample) -> [String] {
    guard let given = sample.natureOfGiven, given != .discrete else { return EstimatorList.all().map(\.name) }
    return [ConditionalKSG().name] + GaussianPlugIn.Correction.allCases.map { ConditionalPlugIn(correction: $0).name }
  }

  /// The method called `name`; nil where there is none for such a sample: measurements can be given to few.
  public static func named(_ name: String, for sample: MeasuredSample, k: Int = 3) -> InformationMethod? {
    if let given = sample.natureOfGiven, given != .discrete {
      let all: [any ConditionalInformationEstimator] =
        [ConditionalKSG(k: k)] + GaussianPlugIn.Correction.allCases.map { ConditionalPlugIn(correction: $0) }
      return all.first { $0.name == name }.map { InformationMethod($0) }
    }
    let neighbours: [any MutualInformationEstimator] = [
      KSG(.square, k: k), KSG(.rectangle, k: k), MixedKSG(k: k), Ross(k: k), AutomaticEstimator(k: k),
    ]
    guard let estimator = neighbours.first(where: { $0.name == name }) ?? EstimatorList.named(name) else { return nil }
    return sample.natureOfGiven == nil ? InformationMethod(estimator) : InformationMethod(WithinClasses(estimator))
  }

  /// Why the method says nothing about such data; nil where it may.
  func obstacle(_ sample: MeasuredSample) -> EstimationError? {
    let estimator: any Sendable
    switch way {
    case .pair(let pair): estimator = pair
    case .conditional(let within as WithinClasses): estimator = within.estimator
    case .conditional(let conditional): estimator = conditional
    }
    let given = estimator is ConditionalPlugIn ? sample.given : []
    let classes = (sample.x + sample.y + given).filter { $0.kind == .discrete }
    guard let column = classes.first, readsNumbers else { return nil }
    if let text = classes.first(where: \.isText) {
      return .invalidParameter("column \"\(text.name)\" holds texts, which \(name) cannot read; use mixed or auto")
    }
    if estimator is GaussianPlugIn || estimator is ConditionalPlugIn { return nil }
    return .invalidParameter(
      "column \"\(column.name)\" holds classes, and \(name) is for densities; use mixed or auto, or --continuous \(column.name)"
    )
  }

  /// The estimate for a sample in the form that the method reads.
  func estimate(_ pair: PairedSample, z: [Double], seed: UInt64) throws(EstimationError) -> Estimate {
    switch way {
    case .pair(let estimator): return try estimator.estimate(pair, seed: seed)
    case .conditional(let estimator):
      return try estimator.estimate(
        ConditionedSample(pair, z: z, zDimension: z.count / pair.count), seed: seed)
    }
  }
}
