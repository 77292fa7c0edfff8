// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import Testing

@testable import Claims
@testable import Hunting

/// The smallest counterexamples in `fixtures/smallest`: each refutes its claim at its height, and the low ones are found again.
@Suite struct SmallestTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../fixtures/smallest")

  private static func searches() throws -> [JSONReader] {
    let data = try Data(contentsOf: folder.appendingPathComponent("index.json"))
    return try JSONReader(JSONValue(parsing: data)).required("searches").elements()
  }

  @Test func eachIsFoundAgain() async throws {
    var (found, again) = (0, 0)
    for reader in try Self.searches() {
      let tested = try Claims.claim(try reader.required("claim").string())
      let (height, sizes) = (try reader.required("height").integer(), try reader.required("sizes").string())
      guard try reader.required("found").value == true else {
        // Nothing is said of a claim that is true but that there is none.
        #expect(try reader.required("certificate").value == .null)
        continue
      }
      #expect(tested.status.isRefuted)
      let path = "certificates/" + (try reader.required("certificate").string())
      let file = try ProblemFile(try Data(contentsOf: Self.folder.appendingPathComponent(path)))
      let instance = file.instance
      #expect(file.claim?.id == tested.id && tested.evaluate(Facts(instance)).isViolation)
      #expect("\(instance.p1)x\(instance.p2)" == sizes)
      #expect(instance.sigma.values.joined().map(\.magnitude).max() == Rational(height), "\(tested.id) \(sizes)")
      found += 1
      guard height <= 2, sizes == "1x1" else { continue }
      let search = try #require(ExhaustiveSearch(Hunt(tested), height: height))
      var part = ExhaustivePart()
      for level in search.levels(in: 0..<search.space.count) where part.height == nil {
        part.merge(try await search.part(ExhaustiveSearch.run(over: level), threads: 2))
      }
      #expect(part.height == height)
      #expect(part.levels[height]?.smallest?.instance == instance, "\(tested.id)")
      again += 1
    }
    #expect(found >= 10 && again >= 2)
  }
}
