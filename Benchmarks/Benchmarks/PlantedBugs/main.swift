// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PropertyTesting

/// Prints, as JSON, how the bugs are found: for each the seeds that found it, mean cases, seconds, and length of the written value.
///
/// And the rate of a property that does nothing.
struct Line: Encodable {
  let name: String, found: Int, cases: Double, seconds: Double, size: Double, example: String
}

let seeds = UInt64(CommandLine.arguments.dropFirst().first ?? "5") ?? 5
var lines: [Line] = []
for bug in Bug.all {
  var (cases, size, found, example) = (0, 0, 0, "")
  let start = ContinuousClock.now
  for seed in 0..<seeds {
    guard let result = await bug.find(seed) else { continue }
    (cases, size, found, example) = (
      cases + result.cases, size + result.value.filter { $0 != " " }.count, found + 1, result.value
    )
  }
  let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(seeds)
  let count = Double(max(1, found))
  lines.append(
    Line(
      name: bug.name, found: found, cases: Double(cases) / count, seconds: seconds, size: Double(size) / count,
      example: example))
}

/// The shortest of five passes, in cases a second.
func rate(_ property: Property<Int>) async -> Double {
  var best = 0.0
  for _ in 0..<5 {
    let start = ContinuousClock.now
    _ = await property.check(CheckSettings(cases: 200_000))
    best = max(best, 200_000 / ((ContinuousClock.now - start) / .seconds(1)))
  }
  return best
}

struct Document: Encodable { let bugs: [Line], emptyRate: Double }
let empty = await rate(Property("empty", .int()) { _, _ in true })
print(String(decoding: try JSONEncoder().encode(Document(bugs: lines, emptyRate: empty)), as: UTF8.self))
