// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import SeededRuns
import Testing

@testable import Claims
@testable import Hunting

/// The exhaustive search: every matrix once, the same finds as the search over tapes, in parts as in one.
@Suite struct ExhaustiveTests {
  /// All positive definite matrices by trying all entries, and how many a change of coordinates keeps.
  private func matrices(_ size: Int, _ height: Int) -> [[Int64]] {
    let places = (0..<size).flatMap { i in (i..<size).map { (i, $0) } }
    var all: [[Int64]] = [[Int64](repeating: 0, count: size * size)]
    for (i, j) in places {
      let values = i == j ? Array(1...Int64(height)) : Array(-Int64(height)...Int64(height))
      all = all.flatMap { matrix in
        values.map { value in
          var matrix = matrix
          (matrix[i * size + j], matrix[j * size + i]) = (value, value)
          return matrix
        }
      }
    }
    return all.filter { matrix in
      (1...size).allSatisfy { order in
        let minor = RationalMatrix(rows: order, columns: order) { Rational(Int(matrix[$0 * size + $1])) }
        return minor.determinant > 0
      }
    }
  }

  /// Orbits by Burnside's lemma: the mean of how many matrices each symmetry keeps.
  @Test(arguments: [(1, 1, 3), (1, 1, 4), (1, 2, 2), (2, 1, 2)]) func orbitsAreAsManyAsBurnsideSays(
    p1: Int, p2: Int, height: Int
  ) throws {
    let (size, space) = (p1 + p2 + 1, SmallSpace(p1: p1, p2: p2, height: height))
    let all = matrices(size, height)
    let kept = space.symmetries.reduce(0) { sum, symmetry in
      sum
        + all.count { matrix in
          (0..<size).allSatisfy { i in
            (0..<size).allSatisfy { j in
              symmetry.sign[i] * symmetry.sign[j] * matrix[symmetry.source[i] * size + symmetry.source[j]]
                == matrix[i * size + j]
            }
          }
        }
    }
    #expect(kept % space.symmetries.count == 0)
    var (orbits, inOrbits, last) = (0, 0, -1)
    space.forEach(in: 0..<space.count) { index, sigma, orbit in
      #expect(index > last)
      (orbits, inOrbits, last) = (orbits + 1, inOrbits + orbit, index)
    }
    #expect(orbits == kept / space.symmetries.count)
    #expect(inOrbits == all.count)
  }

  /// Any way to cut the numbers gives the same matrices.
  @Test func partsGiveTheSameMatrices() {
    let space = SmallSpace(p1: 1, p2: 2, height: 2)
    var whole: [[Int64]] = []
    space.forEach(in: 0..<space.count) { _, sigma, _ in whole.append(sigma) }
    for step in [1_000, 4_096, 3_333] {
      var parts: [[Int64]] = []
      for start in stride(from: 0, to: space.count, by: step) {
        space.forEach(in: start..<min(start + step, space.count)) { _, sigma, _ in parts.append(sigma) }
      }
      #expect(parts == whole)
    }
  }

  /// The search over tapes is the second way: other code, every matrix, rational numbers only.
  @Test(arguments: ["unbounded", "fixed-lambda", "theorem1"])
  func theSearchOverTapesFindsTheSame(id: String) async throws {
    let hunt = Hunt(try claim(id))
    let search = try #require(ExhaustiveSearch(hunt, height: 2))
    var part = ExhaustivePart()
    for level in search.levels(in: 0..<search.space.count) where part.height == nil {
      // In parts, each read back as it was written down.
      for start in stride(from: level.lowerBound, to: level.upperBound, by: SmallSpace.blockSize) {
        let run = ExhaustiveSearch.run(over: start..<min(start + SmallSpace.blockSize, level.upperBound))
        let found = try await search.part(run, threads: 2)
        part.merge(try ExhaustivePart(document: JSONReader(JSONValue(parsing: found.document.description))))
      }
    }
    let valid = part.levels.values.reduce(0) { $0 + $1.valid }
    switch hunt.smallestCounterexample(height: 2) {
    case .holds(_, let all, _):
      #expect(part.height == nil)
      #expect(valid == all)
    case .fails(let found, let height, let all):
      #expect(part.height == height)
      #expect(part.levels[height]?.smallest?.instance == found.value)
      #expect(valid == all)
    case .unfinished: Issue.record("the budget is large enough")
    }
  }

  /// Claims say the same of every matrix of an orbit, which is why one of each is enough.
  @Test func claimsSayTheSameOfAnOrbit() throws {
    let searches = allClaims.compactMap { ExhaustiveSearch(Hunt($0), p1: 1, p2: 2, height: 2) }
    #expect(searches.count >= 15)
    let space = SmallSpace(p1: 1, p2: 2, height: 2)
    var source = RandomSource(seed: 5, index: 0)
    space.forEach(in: 0..<space.count) { index, sigma, _ in
      guard source.chance(1, in: 1_000) else { return }
      let number = source.integer(in: 0...1_000)
      func instance(_ entry: (Int, Int) -> Int64) -> Instance? {
        try? Instance(
          sigma: RationalMatrix(rows: 4, columns: 4) { Rational(Int(entry($0, $1))) }, p1: 1, p2: 2, w1: .identity(1),
          n: 6, lambda: Rational(1, 2), extras: InstanceExtras(ridge: 1))
      }
      for search in searches {
        let symmetry = search.space.symmetries[number % search.space.symmetries.count]
        let plain = instance { sigma[$0 * 4 + $1] }
        let changed = instance { i, j in
          symmetry.sign[i] * symmetry.sign[j] * sigma[symmetry.source[i] * 4 + symmetry.source[j]]
        }
        guard let plain, let changed else {
          Issue.record("not an instance")
          return
        }
        let claim = search.hunt.claim
        #expect(claim.evaluate(Facts(plain)) == claim.evaluate(Facts(changed)), "\(claim.id) at \(index)")
      }
    }
  }
}
