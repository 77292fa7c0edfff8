// Exact verdicts against python-flint on the same instances, and against one FLINT determinant. `make bench` runs it.
import ExactAlgebra
import Foundation

/// A line of the table.
func row(_ cells: [String]) {
  let widths = [42, 16, 16, 9, 20, 6]
  print(
    zip(cells, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }.joined(
      separator: " "))
}

func number(_ value: Double) -> String {
  value >= 1_000
    ? "\(Int(value))/s" : value >= 1 ? String(format: "%.1f/s", value) : String(format: "%.3f s", 1 / value)
}

/// Runs the peer on the same file.
///
/// - Returns: its rate and the checksum of its signs.
func peer(_ workload: Workload, seconds: Double) throws -> (rate: Double, checksum: String) {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt")
  try workload.write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: CommandLine.arguments[1])
  process.arguments = [CommandLine.arguments[2], file.path, "\(seconds)"]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  let parts = text.split(separator: " ").map(String.init)
  guard parts.count == 2, let rate = Double(parts[0]) else { throw CocoaError(.fileReadCorruptFile) }
  return (rate, parts[1].trimmingCharacters(in: .whitespacesAndNewlines))
}

struct Goal {
  let ratio: Double
  let rate: Double?
}

let jobs: [(Workload, Goal)] = [
  (
    Workload(name: "verdict p1=2 p2=3, entries of factors ≤ 8", p1: 2, p2: 3, count: 5_000, entries: 8),
    Goal(ratio: 25, rate: 1e6)
  ),
  (Workload(name: "verdict p1=p2=5", p1: 5, p2: 5, count: 2_000, entries: 8), Goal(ratio: 25, rate: nil)),
  (Workload(name: "verdict p1=p2=20", p1: 20, p2: 20, count: 200, entries: 8), Goal(ratio: 10, rate: nil)),
  (
    Workload(nearTies: "ties only (the filter must fail) p1=2 p2=3", p1: 2, p2: 3, count: 5_000),
    Goal(ratio: 5, rate: nil)
  ),
]

row(["what, one thread", "ours", "python-flint", "ratio", "goal", "met"])
var isSame = true
for (workload, goal) in jobs {
  let own = workload.run(seconds: 1.5)
  let other = try peer(workload, seconds: 1.5)
  isSame = isSame && own.checksum == other.checksum
  let ratio = own.rate / other.rate
  let isMet = ratio >= goal.ratio && own.rate >= goal.rate ?? 0
  row([
    workload.name, number(own.rate), number(other.rate), String(format: "%.1f×", ratio),
    "≥ \(Int(goal.ratio))×" + (goal.rate.map { ", ≥ \(Int($0))/s" } ?? ""), isMet ? "yes" : "NO",
  ])
  let stages = zip(["Double", "128 bits", "FLINT"], own.stages).map { "\($0) \(String(format: "%.2f", 100 * $1)) %" }
  print(
    "    decided by: \(stages.joined(separator: ", ")); the signs are \(own.checksum == other.checksum ? "the same" : "NOT the same")"
  )
}

// One large verdict against one determinant of the same size and about as many bits.
let large = Workload(name: "one verdict p1=p2=100, 50-bit entries", p1: 100, p2: 100, count: 2, entries: 8, bits: 44)
let verdict = large.run(seconds: 1)
let d = large.size
let matrix = RationalMatrix(rows: d, columns: d) { Rational(Int(large.sigma[$0 * d + $1])) }
let clock = ContinuousClock()
var best = Duration.seconds(1_000)
for _ in 0..<3 {
  let begin = clock.now
  if matrix.determinant.signum == 0 { print("singular") }
  best = min(best, clock.now - begin)
}
let determinants = 1 / (best / .seconds(1))
row([
  large.name, number(verdict.rate), number(determinants) + " (det)",
  String(format: "%.2f×", determinants / verdict.rate),
  "≤ 3 × one det", 3 * verdict.rate >= determinants ? "yes" : "NO",
])

// How the cost grows.
let sizes = [5, 10, 20, 40, 80]
let costs = sizes.map { p in
  1 / Workload(name: "", p1: p, p2: p, count: max(2, 4_000 / (p * p)), entries: 8).run(seconds: 0.4).rate
}
let exponents = zip(zip(sizes, costs), zip(sizes, costs).dropFirst()).map { log2($1.1 / $0.1) }
print(
  "cost at p1=p2=\(sizes.map(String.init).joined(separator: ", ")): \(costs.map { String(format: "%.1f µs", 1e6 * $0) }.joined(separator: ", "));",
  "growth exponents \(exponents.map { String(format: "%.2f", $0) }.joined(separator: ", "))")
let flops = Double(d * d * d) / 3
print(
  "p1=p2=100: \(String(format: "%.2f", flops * verdict.rate / 1e9)) Gflop/s of the elimination's \(Int(flops)) multiplications and additions"
)
print(isSame ? "all signs agree with python-flint" : "SIGNS DIFFER FROM python-flint")
exit(isSame ? 0 : 1)
