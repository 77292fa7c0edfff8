// SPDX-License-Identifier: GPL-3.0-or-later
import IndependentCheck
import Distillation
import ExactAlgebra
import ExactJSON
import PlainText

/// A format in which an instance or a certificate is handed to other tools.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// A Coq file for the folder `proofs`, whose theorems the kernel checks by computation.
  case coq
  /// The canonical JSON document.
  case json
  /// Lines `part,row,column,value`, positions from 0, values exact.
  case csv
}

/// Why something cannot be exported.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  /// The certificate does not hold.
  case doesNotHold(claim: String, message: String)
  /// More training rows than Coq's unary numbers allow.
  case tooManyRows(Int)
  /// What Coq states is less than the claim, and not about this certificate; why.
  case notInCoq(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .doesNotHold(let claim, let message):
      "claim: the certificate does not refute \(claim): \(message); without \"claim\" it can be exported as an instance"
    case .tooManyRows(let n):
      "n is \(n), and Coq counts the rows in unary: export with n ≤ \(CoqFile.rowLimit), or without n"
    case .notInCoq(let reason): "the certificate holds, but Coq's statement is not about it: \(reason)"
    }
  }
}

extension ProblemFile {
  /// The file in another format; `name` is what a Coq file calls its source.
  ///
  /// - Throws: ``ExportError``; a certificate has to hold in every format.
  public func exported(as format: ExportFormat, name: String) throws(ExportError) -> String {
    if let claim {
      let check: (holds: Bool, message: String)
      do throws(CertificateError) {
        let found = try CertificateCheck(document)
        check = (found.holds, found.message)
      } catch {
        // What that check does not know is decided here.
        let holds = error.isRefusal && claim.evaluate(Facts(instance)).isViolation
        check = (holds, error.description)
      }
      if !check.holds { throw .doesNotHold(claim: claim.id, message: check.message) }
    }
    switch format {
    case .coq: return try CoqFile(instance, claim: claim, source: name).text
    case .json: return canonical.pretty + "\n"
    case .csv: return csv
    }
  }

  private var canonical: JSONValue {
    claim.map { Certificate(claim: $0, instance: instance).document } ?? instance.document
  }

  private var csv: String {
    var lines = ["part,row,column,value"]
    func append(_ part: String, _ value: String) { lines.append("\(quotedField(part)),,,\(quotedField(value))") }
    func append(_ part: String, _ matrix: RationalMatrix) {
      for i in 0..<matrix.rows {
        for j in 0..<matrix.columns { lines.append("\(part),\(i),\(j),\(matrix[i, j])") }
      }
    }
    func append(_ extras: InstanceExtras) {
      if let unlabelled = extras.unlabelled { append("unlabelled", "\(unlabelled)") }
      if let ridge = extras.ridge { append("ridge", "\(ridge)") }
      if let second = extras.secondTeacher { append("w1b", second) }
      if let rows = extras.teacherRows { append("teacher_rows", "\(rows)") }
      if let design = extras.design { append("design", design) }
      if let rows = extras.rowMoments {
        append(
          "row_moments", RationalMatrix(rows: rows.count, columns: 3) { [rows[$0].y, rows[$0].ty, rows[$0].t][$1] })
      }
    }
    func append(_ instance: Instance, _ prefix: String) {
      let own = { (part: String) in prefix + part }
      for (part, size) in [("p1", instance.p1), ("p2", instance.p2), ("q", instance.q)] { append(own(part), "\(size)") }
      if let n = instance.n { append(own("n"), "\(n)") }
      if let lambda = instance.lambda { append(own("lambda"), "\(lambda)") }
      if let p1a = instance.p1a { append(own("p1a"), "\(p1a)") }
      append(own("sigma"), instance.sigma)
      append(own("w1"), instance.w1)
    }
    if let claim { append("claim", claim.id) }
    append(instance, "")
    append(instance.extras)
    if let other = instance.extras.other { append(other, "other ") }
    if let quantities = try? claim?.quantities(Facts(instance)) {
      for quantity in quantities.hypothesis { append("hypothesis: \(quantity.name)", "\(quantity.value)") }
      for quantity in quantities.conclusion { append("conclusion: \(quantity.name)", "\(quantity.value)") }
    }
    if let comment = instance.comment { append("comment", comment) }
    return lines.joined(separator: "\n") + "\n"
  }
}
