/** A control call that names something the simulator does not have. */
export class UnknownName extends Error {}
