/** Chromium, with the packages of these tests. */
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../../../tests/chromium.mjs';

export const launch = () => chromium.launch(CHROMIUM);
