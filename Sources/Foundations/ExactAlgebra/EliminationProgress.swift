// SPDX-License-Identifier: GPL-3.0-or-later

/// How far the elimination of a large matrix is, for whoever waits for it: one of 300 rows takes seconds, of 2,000 hours.
public enum EliminationProgress {
  /// The fewest rows that are told of.
  public static let fewestRows = 64

  /// Called before every step of an elimination in this task, with the number of rows and the share of the work that is done,
  /// 0 … 1; nil where nobody waits.
  @TaskLocal public static var report: (@Sendable (_ rows: Int, _ share: Double) -> Void)?

  /// Tells that `step` of `steps` begins on a matrix of `rows` rows.
  static func begin(_ step: Int, of steps: Int, rows: Int) {
    guard rows >= fewestRows, let report else { return }
    // A step works on all entries that are left, which are determinants of its order: as long as it says.
    func work(_ steps: Int) -> Double {
      (0..<steps).reduce(0) { sum, step in
        let left = Double(rows - step - 1)
        return sum + left * left * Double(step + 1)
      }
    }
    report(rows, work(step) / max(1, work(steps)))
  }
}
