import { forgetProcess } from './forget-process';

/** Setup of every test file. */
forgetProcess();
