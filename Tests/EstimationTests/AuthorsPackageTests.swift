// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Estimation

/// Our estimators against those of the benchmark's authors, on the same samples of its Gaussian tasks at N = 5,000.
@Suite struct AuthorsPackageTests {
  private struct Reference {
    let task: EstimationTask
    let cca: Double
    let ksg: Double

    func sample() throws -> PairedSample { try task.sample(rows: 5_000, seed: 1) }
  }

  /// `fixtures/estimators/benchmark-mi.csv`.
  private static func references() throws -> [Reference] {
    let file = URL(fileURLWithPath: #filePath + "/../../../fixtures/estimators/benchmark-mi.csv").standardized
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",")
      return Reference(
        task: try #require(EstimationTask.benchmark(String(fields[0]))), cca: try #require(Double(fields[1])),
        ksg: try #require(Double(fields[2])))
    }
  }

  @Test func allGaussianTasksAreThere() throws {
    #expect(try Set(Self.references().map(\.task.id)) == Set(EstimationTask.benchmark.filter(\.isGaussian).map(\.id)))
  }

  @Test func plugInEqualsCCA() throws {
    for reference in try Self.references() {
      let nats = try GaussianPlugIn(correction: .none).estimate(reference.sample()).nats
      #expect(abs(nats - reference.cca) < 1e-5, "\(reference.task.id): \(nats)")
    }
  }

  /// Up to 2 + 2 columns without optimisation, for time.
  @Test func ksgEqualsKSG() throws {
    #if DEBUG
      let columns = 2
    #else
      let columns = Int.max
    #endif
    for reference in try Self.references() where reference.task.xDimension <= columns {
      let nats = try KSG(.square, k: 3).estimate(reference.sample()).nats
      #expect(abs(nats - reference.ksg) < 1e-9, "\(reference.task.id): \(nats)")
    }
  }
}
