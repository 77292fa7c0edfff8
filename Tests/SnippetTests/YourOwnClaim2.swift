// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Claims/Claims.docc/YourOwnClaim.md.

struct YourOwnClaim2 {
  struct QuietTeacher: SignClaim {
    …
    func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
      try (m.label.varT * m.label.factor - m.label.varS).sign() <= 0
    }
    func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }
  }
}
