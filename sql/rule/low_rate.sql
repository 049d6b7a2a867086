-- low_rate: The duty rate is below the usual one of the HS code, and unusual for the origin too.
-- family: origin
-- weight: 20
-- scope: finding
--
-- A low rate that most lines of the origin have is an agreement, not a finding.

-- strength
CASE WHEN usual_rate IS NOT NULL THEN screen.ramp(0.5 - rate_origin_share, 0, 0.4) END

-- reason
'duty rate ' || screen.figure(duty_rate) || ' % against the usual ' || screen.figure(usual_rate) || ' % for HS ' || hs_code
    || ', which ' || screen.figure(100 * usual_rate_share) || ' % of ' || screen.figure(usual_rate_lines) || ' lines pay; '
    || screen.figure(greatest(amount, 0) * (usual_rate - duty_rate) / 100) || ' less duty'
