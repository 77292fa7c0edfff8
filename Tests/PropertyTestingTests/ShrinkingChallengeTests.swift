import PropertyTesting
import Testing

@Suite struct ShrinkingChallengeTests {
  /// 100 seeds of each; the table is printed by `make challenge`.
  @Test func everySeedEndsInTheSmallestValue() async {
    var table = ""
    for challenge in Challenge.all {
      var (evaluations, endings) = (0, [String: Int]())
      for seed in 0..<UInt64(100) {
        let ending = await challenge.run(seed)
        evaluations += ending.evaluations
        endings[ending.value, default: 0] += 1
        #expect(ending.isLocalMinimum)
      }
      let reached = endings.filter { challenge.smallest.contains($0.key) }.values.reduce(0, +)
      table += "\(challenge.name) \(reached) % \(Double(evaluations) / 100) \(challenge.best)\n"
      table += "\(endings.sorted { $0.value > $1.value }.prefix(4))\n"
    }
    print(table)
  }
}
