// SPDX-License-Identifier: GPL-3.0-or-later
/// A barcode of The Cancer Genome Atlas, as TCGA-OR-A5J2-01A-11R-A29S-07 for an aliquot or TCGA-OR-A5J2 for a patient.
public struct TCGABarcode: Sendable, Hashable {
  /// The patient: project, tissue source site and participant, as TCGA-OR-A5J2.
  public let patient: String
  /// What was sampled: 1 a primary solid tumour, 3 a primary tumour of the blood, 6 a metastasis, 10 normal blood, 11 normal tissue; nil
  /// where the barcode ends with the patient.
  public let sampleType: Int?

  /// Reads a barcode; nil where the text is none.
  ///
  /// R writes points for the dashes, which is read too.
  public init?(_ text: String) {
    let separator: Character = text.contains("-") ? "-" : "."
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    func isCode(_ part: Substring, _ length: Int) -> Bool {
      part.utf8.count == length && part.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
    }
    guard parts.count >= 3, parts[0] == "TCGA", isCode(parts[1], 2), isCode(parts[2], 4) else { return nil }
    patient = parts[..<3].joined(separator: "-")
    guard parts.count > 3 else {
      sampleType = nil
      return
    }
    // Two digits, then perhaps the letter of a vial.
    let (digits, vial) = (parts[3].prefix(2), parts[3].dropFirst(2))
    guard digits.utf8.count == 2, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      vial.isEmpty || vial.utf8.count == 1 && vial.allSatisfy({ $0.isASCII && $0.isUppercase }), let type = Int(digits)
    else { return nil }
    sampleType = type
  }

  /// Whether the sample is of a primary tumour, or only the patient is named.
  public var isPrimaryTumour: Bool { sampleType.map { $0 == 1 || $0 == 3 } ?? true }
}
