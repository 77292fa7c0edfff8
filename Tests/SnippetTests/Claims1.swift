// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Claims/Claims.docc/Claims.md.

func snippetClaims1() async throws {
  let instance = try Instance(sigma: sigma, p1: 1, p2: 1, w1: [["1"]], n: 20)
  let verdict = try claim("theorem1").evaluate(Facts(instance))
  _ = verdict.hypothesis    // ΔI > 0 and var(t) ≤ var(y), decided exactly
  _ = verdict.isViolation   // false for every instance: Theorem 1 is true
}
