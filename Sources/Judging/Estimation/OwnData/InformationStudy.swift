// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import SeededRuns
import Statistics

/// The information of one's own data by several methods, each with an interval, a permutation test, and its error on Gaussian data of
/// the same size and correlations.
///
/// - The interval is about the estimate by ± z standard deviations of the estimates of random halves of the rows, drawn without
///   replacement: for an estimate whose variance falls as 1/n, a half of the rows varies about the whole sample's estimate as that does
///   about its own mean (the delete-half jackknife of Shao & Wu 1989). Drawing with replacement, as a bootstrap does, would repeat rows, which
///   methods of neighbours take for information. The interval says nothing about bias.
/// - The test compares the estimate with those of random ``RowOrders``.
/// - The bias is that over samples of a Gaussian of the same correlations, whose information is known.
public struct InformationStudy: Sendable {
  /// How much is computed.
  public struct Settings: Sendable {
    /// The number of random halves; 0 for no interval.
    public var halves = 100
    /// The number of random orders; 0 for no test.
    public var permutations = 199
    /// The number of Gaussian samples; 0 for no bias.
    public var simulations = 20
    /// The coverage of the intervals.
    public var confidence = 0.95
    /// The seed of everything.
    public var seed: UInt64 = 0

    /// The usual settings.
    public init() {}
  }

  /// The data.
  public let sample: MeasuredSample
  /// The methods, in order.
  public let methods: [InformationMethod]
  /// How rows are put in random order.
  public let orders: RowOrders
  let settings: Settings
  private let counterpart: GaussianCounterpart?

  /// A study.
  ///
  /// - Precondition: 0 < confidence < 1; no negative number.
  public init(_ sample: MeasuredSample, methods: [InformationMethod], _ settings: Settings = Settings()) {
    precondition(settings.confidence > 0 && settings.confidence < 1, "a coverage is between 0 and 1")
    precondition(min(settings.halves, settings.permutations, settings.simulations) >= 0, "no negative number")
    (self.sample, self.methods, self.settings) = (sample, methods, settings)
    orders = RowOrders(of: sample)
    let isNumeric = !(sample.x + sample.y + sample.given).contains { $0.kind == .discrete }
    counterpart =
      isNumeric && settings.simulations > 0 ? GaussianCounterpart(sample.plain.pair, z: sample.plain.z) : nil
  }

  /// The rows that are looked at where so many are wanted of `count`: a random sample in the order of the data, or all.
  ///
  /// Its stream of random numbers is none of the study's.
  public static func sample(_ wanted: Int?, of count: Int, seed: UInt64) -> [Int] {
    let all = Array(0..<count)
    guard let wanted, wanted < count else { return all }
    var random = RandomSource(seed: seed, index: 4 << 32)
    return all.shuffled(using: &random).prefix(wanted).sorted()
  }

  /// The number of random halves that are asked for.
  public var halfCount: Int { settings.halves }
  /// The number of random orders that are asked for.
  public var orderCount: Int { settings.permutations }

  private enum Probe { case whole, half(Int), order(Int), simulation(Int) }

  private var probes: [Probe] {
    [.whole] + (0..<settings.halves).map { .half($0) } + (0..<settings.permutations).map { .order($0) }
      + (counterpart == nil ? [] : (0..<settings.simulations).map { .simulation($0) })
  }

  /// A run of all estimates, which can be stopped and watched.
  public func run() -> CaseRun { CaseRun(Budget(cases: methods.count * probes.count), blockSize: 1) }

  /// All estimates, on `threads` threads; the same for any number of them.
  ///
  /// - Returns: a finding a method; nil where the run was stopped.
  public func findings(_ run: CaseRun, threads: Int) async -> [InformationFinding]? {
    let probes = probes
    let table: EstimateTable
    do {
      table = try await run(threads: threads) { (index, table: inout EstimateTable) in
        let (method, probe) = (methods[index / probes.count], probes[index % probes.count])
        do throws(EstimationError) { table.estimates[index] = .success(try estimate(method, probe)) } catch {
          table.estimates[index] = .failure(error)
        }
      }
    } catch { return nil }
    guard table.estimates.count == methods.count * probes.count else { return nil }
    return methods.indices.map { place in
      let own = probes.indices.map { table.estimates[place * probes.count + $0] }
      func values(_ isMeant: (Probe) -> Bool) -> [Double] {
        zip(probes, own).compactMap { probe, result in
          isMeant(probe) ? (try? result?.get())?.nats : nil
        }
      }
      return InformationFinding(
        methods[place], own[0] ?? .failure(.noFiniteEstimate("not asked")),
        halves: values { if case .half = $0 { true } else { false } },
        orders: values { if case .order = $0 { true } else { false } },
        simulations: values { if case .simulation = $0 { true } else { false } }, truth: counterpart?.nats, self)
    }
  }

  private func estimate(_ method: InformationMethod, _ probe: Probe) throws(EstimationError) -> Estimate {
    if let obstacle = method.obstacle(sample) { throw obstacle }
    let (pair, z) = method.readsNumbers ? sample.plain : sample.coded
    let width = z.count / pair.count
    switch probe {
    case .whole:
      let estimate = try method.estimate(pair, z: z, seed: settings.seed)
      // No information is above the entropy of a class.
      let hasClass = sample.given.isEmpty && [sample.natureOfX, sample.natureOfY].contains(.discrete)
      return hasClass ? try pair.bounded(estimate) : estimate
    case .half(let number):
      var random = RandomSource(seed: settings.seed, index: 1 << 32 + UInt64(number))
      let rows = (0..<pair.count).shuffled(using: &random).prefix(pair.count / 2).sorted()
      return try method.estimate(
        pair.selecting(rows: rows), z: rows.flatMap { z[$0 * width..<($0 + 1) * width] }, seed: settings.seed)
    case .order(let number):
      var random = RandomSource(seed: settings.seed, index: 2 << 32 + UInt64(number))
      return try method.estimate(pair.withRowsOfY(in: orders.draw(&random)), z: z, seed: settings.seed)
    case .simulation(let number):
      guard let counterpart else { throw .noFiniteEstimate("no Gaussian has these correlations") }
      let (pair, z) = try counterpart.sample(
        rows: pair.count, seed: settings.seed, index: 3 << 32 + UInt64(number))
      return try method.estimate(pair, z: z, seed: settings.seed)
    }
  }
}

/// Estimates by the number of the probe.
private struct EstimateTable: Mergeable {
  var estimates: [Int: Result<Estimate, EstimationError>] = [:]

  mutating func merge(_ other: EstimateTable) { estimates.merge(other.estimates) { $1 } }
}

extension RowOrders {
  /// The orders under which x and y have no information beyond what is given.
  init(of sample: MeasuredSample) {
    if let given = sample.natureOfGiven {
      self.init(given: sample.coded.z, columns: sample.given.count, discrete: given == .discrete)
    } else {
      self = .all(sample.count)
    }
  }
}
