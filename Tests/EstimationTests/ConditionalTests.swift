// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Gaussian
import SeededRuns
import Testing

@testable import Estimation

/// I(x; y | z) against double loops, closed forms and laws whose information is known.
///
/// Every sample has a fixed seed.
@Suite struct ConditionalTests {
  /// ψ(m) + γ, summed plainly.
  private static func psi(_ m: Int) -> Double { (1..<max(1, m)).reduce(0) { $0 + 1 / Double($1) } }

  /// The definition, row by row.
  private static func naive(_ x: [[Double]], _ y: [[Double]], _ z: [[Double]], k: Int) -> Double {
    func far(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { abs($0 - $1) }.max() ?? 0 }
    var sum = 0.0
    for i in x.indices {
      let others = x.indices.filter { $0 != i }
      let all = others.map { max(far(x[i], x[$0]), far(y[i], y[$0]), far(z[i], z[$0])) }
      let radius = all.sorted()[k - 1]
      let within = all.count { $0 <= radius }
      let isTied = radius == 0 || within > k
      func near(_ distance: (Int) -> Double) -> Int {
        1 + others.count { isTied ? distance($0) <= radius : distance($0) < radius }
      }
      sum +=
        psi(isTied ? within + 1 : k) - psi(near { max(far(x[i], x[$0]), far(z[i], z[$0])) })
        - psi(near { max(far(y[i], y[$0]), far(z[i], z[$0])) }) + psi(near { far(z[i], z[$0]) })
    }
    return sum / Double(x.count)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6]) func neighboursAreThoseOfADoubleLoop(seed: UInt64) throws {
    var random = RandomSource(seed: seed, index: 0)
    // Few values tie often, many hardly ever.
    let values = seed.isMultiple(of: 2) ? 4 : 1 << 40
    func rows(_ columns: Int) -> [[Double]] {
      (0..<60).map { _ in (0..<columns).map { _ in Double(random.integer(in: 0...values)) } }
    }
    let (x, y, z) = (rows(1), rows(seed > 3 ? 2 : 1), rows(seed > 4 ? 2 : 1))
    let sample = try ConditionedSample(PairedSample(x: x, y: y), z: Array(z.joined()), zDimension: z[0].count)
    for k in [1, 3, 5] {
      let estimate = try ConditionalKSG(k: k, threads: 2).estimate(sample, seed: 0)
      #expect(abs(estimate.nats - Self.naive(x, y, z, k: k)) < 1e-12, "k = \(k)")
    }
  }

  /// Rows of (x, y, z) with x = z + e1, y = strength·x + z + e2.
  private static func chain(_ strength: Double, rows: Int, seed: UInt64) throws -> ConditionedSample {
    let normals = NormalSource(seed: seed)
    var (x, y, z) = ([Double](), [Double](), [Double]())
    for _ in 0..<rows {
      let (given, own, noise) = (normals.normal(), normals.normal(), normals.normal())
      z.append(given)
      x.append(given + own)
      y.append(strength * own + given + noise)
    }
    return try ConditionedSample(PairedSample(x: x, xDimension: 1, y: y, yDimension: 1), z: z, zDimension: 1)
  }

  /// Given z it is ½ ln(1 + strength²) exactly; standard deviations are about 0.03 at 800 rows, and five of them are allowed.
  @Test(arguments: [0.0, 1.0]) func chainsHaveTheirInformation(strength: Double) throws {
    let sample = try Self.chain(strength, rows: 800, seed: 11)
    let truth = log(1 + strength * strength) / 2
    for estimator: any ConditionalInformationEstimator in [ConditionalKSG(), ConditionalPlugIn()] {
      let nats = try estimator.estimate(sample, seed: 0).nats
      #expect(abs(nats - truth) < 0.15, "\(estimator.name): \(nats), truth \(truth)")
    }
    // Without z there is information in either case: what is given matters.
    #expect(try GaussianPlugIn().estimate(sample.pair).nats > 0.1)
  }

  @Test func plugInIsThePartialCorrelation() throws {
    let sample = try Self.chain(0.7, rows: 50, seed: 3)
    func correlation(_ a: [Double], _ b: [Double]) -> Double {
      let (ma, mb) = (a.reduce(0, +) / 50, b.reduce(0, +) / 50)
      func sum(_ u: [Double], _ mu: Double, _ v: [Double], _ mv: Double) -> Double {
        zip(u, v).reduce(0) { $0 + ($1.0 - mu) * ($1.1 - mv) }
      }
      return sum(a, ma, b, mb) / (sum(a, ma, a, ma) * sum(b, mb, b, mb)).squareRoot()
    }
    let (xy, xz, yz) = (
      correlation(sample.pair.x, sample.pair.y), correlation(sample.pair.x, sample.z),
      correlation(sample.pair.y, sample.z)
    )
    let partial = (xy - xz * yz) / ((1 - xz * xz) * (1 - yz * yz)).squareRoot()
    let plain = try ConditionalPlugIn(correction: .none).estimate(sample, seed: 0).nats
    #expect(abs(plain + log(1 - partial * partial) / 2) < 1e-12)
    // The bias given one column is that of a pair in one row less.
    let corrected = try ConditionalPlugIn().estimate(sample, seed: 0).nats
    #expect(abs(plain - corrected - GaussianPlugIn.bias(n: 49, p1: 1, p2: 1)) < 1e-12)
    let counterpart = try #require(GaussianCounterpart(sample.pair, z: sample.z))
    #expect(abs(counterpart.nats - plain) < 1e-12)
  }

  /// Both bits are free, and one is the other where a third is known.
  @Test func exclusiveOrIsInformationGivenTheThird() throws {
    let rows = (0..<40).map { [$0 & 1, $0 >> 1 & 1] }
    let pair = try PairedSample(x: rows.map { [Double($0[0])] }, y: rows.map { [Double($0[1])] })
    let within = try WithinClasses(Counts()).estimate(pair, labels: rows.map { $0[0] ^ $0[1] })
    #expect(abs(within.nats - log(2)) < 1e-12)
    #expect(try Counts().estimate(pair).nats == 0)
  }

  /// Views that share only a class, as two data sets paired by label do, and views that share more.
  @Test(arguments: [0.0, 0.8]) func withinClassesOnlyWhatIsSharedBeyondThem(correlation: Double) throws {
    let normals = NormalSource(seed: 5)
    var (x, y, labels) = ([Double](), [Double](), [Int]())
    for row in 0..<1200 {
      let (own, other) = (normals.normal(), normals.normal())
      labels.append(row % 3)
      x.append(4 * Double(row % 3) + own)
      y.append(4 * Double(row % 3) + correlation * own + (1 - correlation * correlation).squareRoot() * other)
    }
    let sample = try PairedSample(x: x, xDimension: 1, y: y, yDimension: 1)
    let within = WithinClasses(KSG())
    let estimate = try within.estimate(sample, labels: labels)
    // The standard deviation is about 0.03.
    #expect(abs(estimate.nats + log(1 - correlation * correlation) / 2) < 0.15)
    #expect(try KSG().estimate(sample).nats > 0.8, "the class alone is ln 3")
    let orders = RowOrders(labels: labels)
    let others = try (0..<59).map { number in
      var random = RandomSource(seed: 9, index: UInt64(number))
      return try within.estimate(sample.withRowsOfY(in: orders.draw(&random)), labels: labels).nats
    }
    let test = try #require(PermutationTest(estimate.nats, others: others))
    #expect(correlation == 0 ? test.probability > 0.05 : test.probability == 1.0 / 60)
    #expect(abs(test.mean) < 0.05)
  }

  @Test func smallAndFlatClassesAreTold() throws {
    var rows = (0..<40).map { (x: Double($0 % 7), y: Double($0 * $0 % 11), label: 0) }
    rows += [(x: 1, y: 2, label: 1)] + (0..<10).map { (x: 3, y: Double($0), label: 2) }
    let sample = try PairedSample(x: rows.map { [$0.x] }, y: rows.map { [$0.y] })
    let estimate = try WithinClasses(MixedKSG()).estimate(sample, labels: rows.map(\.label))
    let alone = try MixedKSG().estimate(sample.selecting(rows: 0..<40)).nats
    #expect(abs(estimate.nats - alone * 40 / 50) < 1e-12)
    #expect(estimate.notes.contains { $0.hasPrefix("1 of 51 rows") })
    #expect(estimate.notes.contains { $0.hasPrefix("10 rows") })
    #expect(throws: EstimationError.self) { try WithinClasses(KSG()).estimate(sample, labels: Array(0..<51)) }
  }

  @Test func ordersKeepTheirGroups() throws {
    var random = RandomSource(seed: 1, index: 0)
    let labels = (0..<100).map { $0 % 7 }
    let order = RowOrders(labels: labels).draw(&random)
    #expect(order.sorted() == Array(0..<100) && order != Array(0..<100))
    #expect(order.enumerated().allSatisfy { labels[$0.offset] == labels[$0.element] })
    let z = (0..<100).map { Double($0 * 37 % 100) }
    let cells = RowOrders(given: z, columns: 1, discrete: false).draw(&random)
    #expect(cells.sorted() == Array(0..<100) && cells != Array(0..<100))
    // Neighbours in z change places, and no others.
    #expect(cells.enumerated().allSatisfy { abs(z[$0.offset] - z[$0.element]) < 8 })
  }

  @Test func probabilitiesCountTheData() throws {
    let test = try #require(PermutationTest(2, others: [1, 2, 3, 0]))
    #expect(test.probability == 3.0 / 5 && test.mean == 1.5)
    #expect(PermutationTest(9, others: [1, 2, 3, 0])?.probability == 1.0 / 5)
    #expect(PermutationTest(1, others: []) == nil)
  }

  @Test func whatIsGivenMustFit() throws {
    let pair = try PairedSample(x: [[1], [2]], y: [[1], [2]])
    #expect(throws: EstimationError.self) { try ConditionedSample(pair, z: [1], zDimension: 1) }
    #expect(throws: EstimationError.self) { try ConditionedSample(pair, z: [1, .nan], zDimension: 1) }
    #expect(throws: EstimationError.self) { try ConditionedSample(pair, z: [], zDimension: 0) }
  }
}
