// SPDX-License-Identifier: MIT
import CoverageGuidance
import DeepBugs
import PropertyTesting

// usage: Compare [SEEDS] [CASES]
//
// Prints, for each planted bug and the same seeds, in how many cases a search finds it that is guided by coverage, and one that is not.

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let (seeds, limit) = (arguments.first ?? 10, arguments.dropFirst().first ?? 200_000)

guard let counters = CoverageCounters() else {
  fatalError("nothing is compiled with counters: CCH_COVERAGE=1 swift run -c release Compare")
}

struct Search {
  var found: [Int] = []
  var cases = 0
  var time = Duration.zero

  /// The median, where a search without success counts as one of all cases.
  var median: Int {
    let all = (found + Array(repeating: limit, count: seeds - found.count)).sorted()
    return (all[(seeds - 1) / 2] + all[seeds / 2]) / 2
  }

  var text: String {
    let microseconds = time / .microseconds(1) / Double(max(1, cases))
    let isBeyond = found.count <= seeds / 2
    return "\(found.count)/\(seeds), \(isBeyond ? "> " : "")\(median) cases, \(Int(microseconds.rounded())) µs each"
  }
}

func compare<Value>(
  _ name: String, _ generator: Generator<Value>, holds: @escaping @Sendable (Value) -> Bool
) async {
  var (plain, guided, simplest) = (Search(), Search(), "")
  for seed in 0..<seeds {
    for isGuided in [false, true] {
      var settings = CheckSettings(cases: limit, seed: UInt64(seed))
      if isGuided { settings.coverage = counters }
      let report = await Property(name, generator) { value, _ in holds(value) }.check(settings)
      var search = isGuided ? guided : plain
      if let found = report.counterexample, let index = found.firstCase {
        search.found.append(index + 1)
        simplest = "\(found.value)"
      }
      search.cases += report.statistics.cases
      search.time += report.searchTime
      if isGuided { guided = search } else { plain = search }
    }
  }
  print("\(name): guided \(guided.text); without \(plain.text); simplest \(simplest)")
}

/// A picture that is read has a colour for every pixel.
await compare("picture", Generator<UInt8>.integer().array(count: 0...40)) { bytes in
  (try? Picture(bytes))?.isComplete ?? true
}
/// Settings that are written are read again.
await compare("settings", Generator<String>.string(of: .ascii, count: 0...40)) { text in
  guard let settings = try? SettingsText(text) else { return true }
  return (try? SettingsText(settings.text)) == settings
}
/// Data is handed on only while the other side may send.
await compare("connection", Generator<Connection.Event>.allCases.array(count: 0...40)) { events in
  var connection = Connection()
  return events.allSatisfy { event in
    let mayRead = connection.isOpenForReading
    return !connection.take(event) || mayRead
  }
}
